"""Files of other tools, read and written: COINr's tables and the COIN Tool's workbook."""

from rankscope.exchange.coin_tool import read_coin_tool
from rankscope.exchange.coinr_read import read_coinr
from rankscope.exchange.coinr_write import write_coinr
from rankscope.exchange.imported import Imported, write_imported
from rankscope.exchange.recognise import examine_files

__all__ = [
    "Imported",
    "examine_files",
    "read_coin_tool",
    "read_coinr",
    "write_coinr",
    "write_imported",
]
