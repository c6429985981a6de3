"""The publications that methods come from, each written once."""

HANDBOOK = (
    "OECD/JRC (2008) Handbook on Constructing Composite Indicators, doi:10.1787/9789264043466-en"
)
COINR = "Becker, Caperna, Del Sorbo et al. (2022) COINr, JOSS 7(78), 4567, doi:10.21105/joss.04567"
POWER_MEANS = (
    "Decancq & Lugo (2013) Econometric Reviews 32(1), 7-34, doi:10.1080/07474938.2012.690641"
)
NEIGHBOURS = (
    "Troyanskaya et al. (2001) Bioinformatics 17(6), 520-525, doi:10.1093/bioinformatics/17.6.520"
)
HUMAN_DEVELOPMENT = "UNDP (2022) Human Development Report 2021/22, technical note 1"
