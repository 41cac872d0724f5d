"""The node's languages: Django's codes, BCP 47 tags, the folders of catalogues, and the script of a text."""

import re
from types import MappingProxyType
from typing import Final

from django.utils.translation import get_language

TAGS: Final = MappingProxyType(
    {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans", "pt": "pt", "zh-hant-mo": "zh-Hant-MO"}
)
"""Django's language code -> BCP 47 tag, which is also the key of reference data (`tidewaiter.refdata.languages`)."""

FOLDERS: Final = MappingProxyType(
    {"en": "en", "zh-hant": "zh_Hant", "zh-hans": "zh_Hans", "pt": "pt", "zh-hant-mo": "zh_Hant_MO"}
)
"""Django's language code -> folder under locale/ in which its .po file stands."""

BUTTONS: Final = (
    ("en", "EN", "English"),
    ("zh-hant", "繁", "繁體中文"),
    ("zh-hans", "简", "简体中文"),
    ("pt", "PT", "Português"),
)
"""What the language switch shows, in this order: code, short mark, name in its own language."""

_SIMPLIFIED_ONLY = frozenset(
    "东业丝丢两严丧个丰临为丽举乐习乡书买乱争亏亚产亲亿仅从仓仪们价众优会伞伟传伤伦伪体侠侣侦侧侨俩债倾偿储儿兑党兰关兴养兽冈册写军农冯冲决况"
    "冻净减凤凭凯击凿划刘则刚创删别剂剑剧劝办务动励劳势匀区医华协单卖卢卫却厂厅历厉压厌厨县双发变叙叠号叹吓吗启员听响唤啸嘱团园围国图圆圣场坏块坚坛坝坟坠垄垒垦"
    "壮声壳处备复够头夹夺奋奖妆妇妈娱婴学宁宝实宠审宪宫宽宾寻导寿将尔尘层届属岁岂岗岛岭峡币帅师帐带帮库应庙庞废开异弃张弥弯弹强归当录彻径忆忧怀态总恋恶悬惊惧惨惩惯愤愿慑懒"
    "战户扑执扩扫扬扰抚抛抢护报担拟拥拦拧择挂挡挤挥损换据捡掳掷揽携摄摆摇撑撵敌数断无旧时旷显晋晓晕暂术机杀杂权条来杨极构枪柜标栈栋栏树样档桥检楼横欢欧欲歼残殴毁毕气汇汉汤沟"
    "没沪泪泼泽洁洒浅浆测济浑浓涂润涨渊渔渗温湾湿滚满滤滥滨灭灯灵灾炉炼烂烛烟烦烧热爱爷牵牺犹独狮狱猎献猪环现玛琐瑶电画畅疗疮疯监盖盘着矿码砖础确碍礼祸离种积称税稳穷窃竞笔笼"
    "筑签简篮类粤粮紧红纤约级纪纬纯纱纲纳纵纷纸纹纺纽线练组细织终绍经绑绒结绕绘给络绝统绢绣继绩续绳维绵综绿缓编缘缝缠缩缴网罗罚罢羡义习职联聪肃肠肤肾肿胀胁胜胶脉脏脑脚脱脸腊舰舱艺节芦苏"
    "苹范茎荐荡荣药莱莲获营萧萨蓝蔷虑虽虾蚀蛮蜡补衬袜裤见观规视览觉触订认讨让训议讯记讲许论设访证评识诉词译试诗诚话诞询该详语误说请诸读课谁调谈谋谢谱谷豪贝贞负贡财责贤败货质贩贪购贯贴贵"
    "贷贸费贺资赃赋赌赎赏赔赖赚赛赞赠赢赵赶趋跃践踪车轨转轮软轰轻载较辅辆辉输辖边辽达迁过迈运还这进远违连迟适选递逻遗邓邮邻郑释里鉴针钉钓钟钢钥钱钻铁铃铅铜铝铭银链销锁锅锋错锡键锻镇镜长门闪闭"
    "问闲间闷闹闻阀阅队阳阴阵阶际陆陈险随隐难雾静须顶项顺顾顿预领频题颜额风飞饭饮饰饱饲饼馆马驱驳驶驻驾验骂骗鱼鲁鲜鸟鸡鸣鸭鸿鹏鹰黄齐齿龙龟"
) - frozenset("着里谷欲范豪温强")
_HAN = re.compile("[㐀-鿿豈-﫿\U00020000-\U0010ffff]")


def tag(code: str | None = None) -> str:
    """The BCP 47 tag of a Django language code, of the active language without one; English for an unknown code."""
    return TAGS.get((code or get_language() or "en").lower(), "en")


def script_of(text: str, han: str = "") -> str:
    """The `lang` of a name in Han characters, an empty string where it has none.

    `han` is the sender's habit ("zh-Hans", "zh-Hant") and decides; without it simplified forms that traditional text
    does not have
    make the text simplified, and all other Han text counts as traditional.
    """
    if text.isascii() or not _HAN.search(text):
        return ""
    if han:
        return han
    return "zh-Hant" if _SIMPLIFIED_ONLY.isdisjoint(text) else "zh-Hans"


def is_foreign(lang: str, page: str) -> bool:
    """Whether a text in `lang` needs its own attribute on a page in `page`; Macao's page speaks Traditional Chinese."""
    return bool(lang) and not page.lower().startswith(lang.lower())
