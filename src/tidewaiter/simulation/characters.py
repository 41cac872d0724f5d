"""Characters of invented names, with their readings: mainland pinyin, Hong Kong and Macao spelling.

Spellings follow habit (Hong Kong government style, Macao's Portuguese style); one character has one spelling of each
kind here. Company characters are uncommon ones in threes, so that a composed name is unlikely to be a real company's.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Character:
    """One character in both scripts, with its three readings."""

    hant: str
    hans: str
    pinyin: str
    hong_kong: str
    macao: str


def _read(rows: str) -> tuple[Character, ...]:
    found = []
    for row in rows.split(";"):
        script, pinyin, hong_kong, macao = row.split()
        found.append(Character(script[0], script[-1], pinyin, hong_kong, macao))
    return tuple(found)


SURNAMES = _read(
    "陳陈 Chen Chan Chan;李 Li Lee Lei;黃黄 Huang Wong Wong;梁 Liang Leung Leong;林 Lin Lam Lam;何 He Ho Ho;"
    "吳吴 Wu Ng Ng;張张 Zhang Cheung Cheong;劉刘 Liu Lau Lao;郭 Guo Kwok Kuok;趙赵 Zhao Chiu Chio;周 Zhou Chow Chao;"
    "徐 Xu Tsui Choi;朱 Zhu Chu Chu;馬马 Ma Ma Ma;馮冯 Feng Fung Fong;譚谭 Tan Tam Tam;鄧邓 Deng Tang Tang;"
    "許许 Xu Hui Hoi;曾 Zeng Tsang Chang;鄭郑 Zheng Cheng Cheang;謝谢 Xie Tse Che;葉叶 Ye Yip Ip;蘇苏 Su So Sou;"
    "盧卢 Lu Lo Lou;羅罗 Luo Law Lo;楊杨 Yang Yeung Ieong;余 Yu Yu U;胡 Hu Wu Wu;高 Gao Ko Kou;蔡 Cai Choi Choi;"
    "鍾钟 Zhong Chung Chong;廖 Liao Liu Lio;伍 Wu Ng Ng;麥麦 Mai Mak Mak;甘 Gan Kam Kam;關关 Guan Kwan Kuan;"
    "方 Fang Fong Fong;區区 Ou Au Ao;冼 Xian Sin Sin;袁 Yuan Yuen Un;潘 Pan Poon Pun;杜 Du To Tou;孫孙 Sun Suen Sun;"
    "容 Rong Yung Iong;溫温 Wen Wan Wan;龔龚 Gong Kung Kong;莫 Mo Mok Mok"
)
"""Surnames, the commoner first."""

GIVEN = _read(
    "偉伟 wei Wai Wai;明 ming Ming Meng;志 zhi Chi Chi;強强 qiang Keung Keong;華华 hua Wah Wa;國国 guo Kwok Kuok;"
    "文 wen Man Man;俊 jun Chun Chon;傑杰 jie Kit Kit;玲 ling Ling Leng;美 mei Mei Mei;芳 fang Fong Fong;"
    "慧 hui Wai Wai;敏 min Man Man;嘉 jia Ka Ka;欣 xin Yan Ian;怡 yi Yee I;詩诗 shi Sze Si;健 jian Kin Kin;"
    "輝辉 hui Fai Fai;雄 xiong Hung Hong;耀 yao Yiu Io;榮荣 rong Wing Weng;永 yong Wing Weng;光 guang Kwong Kuong;"
    "德 de Tak Tak;順顺 shun Shun Son;康 kang Hong Hong;麗丽 li Lai Lai;珍 zhen Chun Chan;燕 yan Yin In;"
    "雪 xue Suet Sut;婷 ting Ting Teng;靜静 jing Ching Cheng;浩 hao Ho Hou;子 zi Tsz Chi;軒轩 xuan Hin Hin;"
    "祖 zu Cho Chou;兆 zhao Siu Sio;基 ji Kei Kei;漢汉 han Hon Hon;家 jia Ka Ka;樂乐 le Lok Lok;天 tian Tin Tin;"
    "海 hai Hoi Hoi;雲云 yun Wan Wan;寶宝 bao Po Pou;玉 yu Yuk Iok;秀 xiu Sau Sau;蘭兰 lan Lan Lan;英 ying Ying Ieng;"
    "惠 hui Wai Wai;少 shao Siu Sio;達达 da Tat Tat;成 cheng Shing Seng;昌 chang Cheong Cheong;安 an On On;"
    "平 ping Ping Peng;思 si Sze Si;凱凯 kai Hoi Hoi"
)
"""Characters of given names."""

COMPANY = _read(
    "曦 xi Hei Hei;瀾澜 lan Lan Lan;玥 yue Yuet Ut;翎 ling Ling Leng;樾 yue Yuet Ut;岫 xiu Sau Sau;澍 shu Shue Su;"
    "珩 heng Hang Hang;嵐岚 lan Lam Lam;翊 yi Yik Iek;煜 yu Yuk Iok;堃 kun Kwan Kuan;琰 yan Yim Im;霖 lin Lam Lam;"
    "晟 sheng Shing Seng;奕 yi Yik Iek;宸 chen San San;曜 yao Yiu Io;璟 jing King Keng;淳 chun Shun Son;"
    "菁 jing Ching Cheng;悅悦 yue Yuet Ut;瑾 jin Kan Kan;翰 han Hon Hon;皓 hao Ho Hou;澤泽 ze Chak Chak;"
    "穎颖 ying Wing Weng;韜韬 tao To Tou;鈞钧 jun Kwan Kuan;溢 yi Yat Iat;朗 lang Long Long;沛 pei Pui Pui;"
    "渝 yu Yue U;麒 qi Kei Kei;鵬鹏 peng Pang Pang;駿骏 jun Chun Chon;熙 xi Hei Hei;灝灏 hao Ho Hou;諾诺 nuo Nok Nok;"
    "祥 xiang Cheung Cheong;峰 feng Fung Fong;嶺岭 ling Ling Leng"
)
"""Characters of company names."""
