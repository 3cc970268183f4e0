"""Words of which names, addresses, employers and networks are made."""

SURNAMES = (
    ("王", "Wang"), ("李", "Li"), ("张", "Zhang"), ("刘", "Liu"), ("陈", "Chen"), ("杨", "Yang"), ("赵", "Zhao"),
    ("黄", "Huang"), ("周", "Zhou"), ("吴", "Wu"), ("徐", "Xu"), ("孙", "Sun"), ("胡", "Hu"), ("朱", "Zhu"),
    ("高", "Gao"), ("林", "Lin"), ("何", "He"), ("郭", "Guo"), ("马", "Ma"), ("罗", "Luo"), ("梁", "Liang"),
    ("宋", "Song"), ("郑", "Zheng"), ("谢", "Xie"), ("韩", "Han"), ("唐", "Tang"), ("冯", "Feng"), ("于", "Yu"),
    ("董", "Dong"), ("萧", "Xiao"), ("程", "Cheng"), ("曹", "Cao"), ("袁", "Yuan"), ("邓", "Deng"), ("欧阳", "Ouyang"),
)  # fmt: skip
GIVEN = (
    ("伟", "Wei"), ("芳", "Fang"), ("娜", "Na"), ("敏", "Min"), ("静", "Jing"), ("丽", "Li"), ("强", "Qiang"),
    ("磊", "Lei"), ("军", "Jun"), ("洋", "Yang"), ("勇", "Yong"), ("艳", "Yan"), ("杰", "Jie"), ("娟", "Juan"),
    ("涛", "Tao"), ("明", "Ming"), ("超", "Chao"), ("霞", "Xia"), ("平", "Ping"), ("刚", "Gang"), ("玉", "Yu"),
    ("华", "Hua"), ("红", "Hong"), ("建", "Jian"), ("文", "Wen"), ("志", "Zhi"), ("国", "Guo"), ("晓", "Xiao"),
    ("海", "Hai"), ("雪", "Xue"), ("", ""),
)  # fmt: skip
CITIES = (
    ("北京市", "Beijing"), ("上海市", "Shanghai"), ("广州市", "Guangzhou"), ("深圳市", "Shenzhen"),
    ("杭州市", "Hangzhou"), ("成都市", "Chengdu"), ("武汉市", "Wuhan"), ("西安市", "Xi'an"), ("南京市", "Nanjing"),
    ("重庆市", "Chongqing"), ("天津市", "Tianjin"), ("苏州市", "Suzhou"), ("长沙市", "Changsha"),
    ("青岛市", "Qingdao"), ("郑州市", "Zhengzhou"), ("大连市", "Dalian"), ("宁波市", "Ningbo"), ("厦门市", "Xiamen"),
    ("福州市", "Fuzhou"), ("合肥市", "Hefei"), ("昆明市", "Kunming"), ("济南市", "Jinan"), ("沈阳市", "Shenyang"),
    ("佛山市", "Foshan"),
)  # fmt: skip
STREETS = (
    ("人民路", "Renmin Road"), ("中山路", "Zhongshan Road"), ("解放路", "Jiefang Road"), ("建设路", "Jianshe Road"),
    ("新华路", "Xinhua Road"), ("和平路", "Heping Road"), ("文化路", "Wenhua Road"), ("长江路", "Changjiang Road"),
    ("黄河路", "Huanghe Road"), ("南京路", "Nanjing Road"), ("北京路", "Beijing Road"), ("胜利街", "Shengli Street"),
    ("光明街", "Guangming Street"), ("幸福街", "Xingfu Street"), ("工业大道", "Gongye Avenue"),
    ("迎宾大道", "Yingbin Avenue"), ("滨河路", "Binhe Road"), ("朝阳街", "Chaoyang Street"),
)  # fmt: skip
STEMS = (
    "华", "兴", "盛", "达", "通", "信", "诚", "泰", "瑞", "恒", "鑫", "源", "丰", "隆", "利", "安", "康", "宏",
    "远", "博", "创", "新", "联", "合", "东", "方", "金", "天", "海", "星", "中", "嘉", "美", "润", "广", "永",
    "德", "龙", "云", "景",
)  # fmt: skip
TRADES = (
    "科技", "贸易", "电子", "物流", "建筑", "餐饮", "服饰", "机械", "化工", "医药", "食品", "家具", "印刷", "传媒",
    "教育", "地产", "汽车", "能源", "环保", "旅游", "装饰", "纺织", "五金", "包装", "软件", "网络", "农业", "咨询",
)  # fmt: skip
MODELS = (
    ("Redmi Note 12", "Android 13"), ("Redmi K60", "Android 13"), ("Xiaomi 13", "Android 14"),
    ("HUAWEI P50", "HarmonyOS 3"), ("HUAWEI Mate 60", "HarmonyOS 4"), ("HONOR 90", "Android 13"),
    ("HONOR X50", "Android 13"), ("OPPO Reno 10", "Android 13"), ("OPPO A58", "Android 12"),
    ("vivo S17", "Android 13"), ("vivo Y36", "Android 13"), ("realme GT Neo5", "Android 13"),
    ("iPhone 11", "iOS 16"), ("iPhone 12", "iOS 16"), ("iPhone 13", "iOS 17"), ("iPhone 14", "iOS 17"),
    ("iPhone 15", "iOS 17"), ("SM-A546E", "Android 14"), ("SM-S918B", "Android 14"), ("Pixel 7", "Android 14"),
)  # fmt: skip
BANKS = ("ICBC", "CCB", "ABC", "BOC", "CMB", "BOCOM", "PSBC", "SPDB", "CITIC", "CMBC", "CEB", "PAB")
PURPOSES = ("shopping", "phone", "rent", "education", "medical", "travel", "business", "renovation", "other")
CHANNELS = ("app", "web", "mini_program", "partner")
SSIDS = (
    ("TP-LINK_", "ChinaNet-", "CMCC-", "HUAWEI-", "Xiaomi_", "MERCURY_", "Tenda_", "FAST_"),
    ("eduroam-", "Campus-"),
    ("Office-", "Corp-", "Staff-", "Guest-"),
    ("Free-WiFi-", "Cafe-", "Coffee-", "Tea-"),
)
"""Beginnings of network names: homes, campuses, offices, cafes (`Network` numbers them)."""
NET_TYPES = ("broadband", "education", "business", "broadband", "mobile")
ASNS = (
    ("AS4134", "AS4837", "AS9808", "AS4812"), ("AS4538",), ("AS4847", "AS17621", "AS4134"), ("AS4134", "AS4837"),
    ("AS9808", "AS56040", "AS17622"),
)  # fmt: skip
