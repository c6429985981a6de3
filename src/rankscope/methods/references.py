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
DEPRIVATION = (
    "McLennan et al. (2019) The English Indices of Deprivation 2019: Technical report, MHCLG"
)
FACTOR_WEIGHTS = (
    "Nicoletti, Scarpetta & Boylaud (2000) OECD working paper 226, doi:10.1787/215182844604"
)
IMPORTANCE = (
    "Becker, Saisana, Paruolo & Vandecasteele (2017) Ecological Indicators 80, 12-22, "
    "doi:10.1016/j.ecolind.2017.03.056"
)
CRITIC = (
    "Diakoulaki, Mavrotas & Papayannakis (1995) Computers & Operations Research 22(7), 763-770, "
    "doi:10.1016/0305-0548(94)00059-H"
)
GINI = (
    "Li & Chi (2009) A new determining objective weights method: Gini coefficient weight, "
    "First International Conference on Information Science and Engineering, 3726-3729"
)
MEREC = "Keshavarz-Ghorabaee et al. (2021) Symmetry 13(4), 525, doi:10.3390/sym13040525"
AHP = (
    "Saaty (1977) Journal of Mathematical Psychology 15(3), 234-281, "
    "doi:10.1016/0022-2496(77)90033-5"
)
CENTROID = (
    "Barron & Barrett (1996) Management Science 42(11), 1515-1523, doi:10.1287/mnsc.42.11.1515"
)
RANK_WEIGHTS = (
    "Stillwell, Seaver & Edwards (1981) Organizational Behavior and Human Performance 28(1), "
    "62-77, doi:10.1016/0030-5073(81)90015-5"
)
HWANG_YOON = "Hwang & Yoon (1981) Multiple Attribute Decision Making, doi:10.1007/978-3-642-48318-9"
PERTURBED = (
    "Saisana, Saltelli & Tarantola (2005) Journal of the Royal Statistical Society A 168(2), "
    "307-323, doi:10.1111/j.1467-985X.2005.00350.x"
)
HIT_AND_RUN = "Smith (1984) Operations Research 32(6), 1296-1308, doi:10.1287/opre.32.6.1296"
SIMPLEX_WEIGHTS = (
    "Tervonen & Lahdelma (2007) European Journal of Operational Research 178(2), 500-513, "
    "doi:10.1016/j.ejor.2005.12.037"
)
WEIGHTS_BY_HIT_AND_RUN = (
    "Tervonen, van Valkenhoef, Baştürk & Postmus (2013) European Journal of Operational Research "
    "224(3), 552-559, doi:10.1016/j.ejor.2012.08.026"
)
