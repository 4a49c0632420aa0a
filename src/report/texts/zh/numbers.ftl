numbers-intro = 整批案件中工作量与非工作时间负担的分担情况。仅供秘书处使用：各项数字均取决于多项争端。
numbers-percent = { $n }%
numbers-of = { $n } / { $all }
numbers-range = { $from } 至 { $to }
numbers-rest = 其余 { $n } 行
numbers-as-table = 以表格显示
numbers-values = 数值
numbers-number = 数目
numbers-none-sit = 没有人担任调解庭成员，故无可显示。

# 负担。
numbers-burden = 非工作时间的负担
numbers-burden-what = 在工作时间以外出席者，每分钟计若干负担点，离工作时间越远点数越高；一点持续一分钟即为一个“点分钟”。一方每次会议的负担按其负担最重的一人计算，因此与该方派出的人数无关。
numbers-burden-none = 没有任何会议定有日期，故无人承受负担。
numbers-burden-sum = 已定日期的 { $held } 项争端中，{ $sides } 个争端方合计承受 { $sum } 点分钟：中位数为 { $median }，负担最重的一方为 { $most }。其中 { $free } 项争端各方均无负担。同一争端各方之间的差额，全批合计 { $apart } 点分钟。
numbers-burden-spread = 各方负担的分布
numbers-burden-spread-x = 横轴：一方在其争端全部会议中承受的点分钟（各组以其上端标示）。纵轴：争端方数目。
numbers-burden-sides = 按争端与各方排列，负担最重者在前
numbers-burden-sides-note = 各方均无负担的争端未列入。
numbers-dispute = 争端
numbers-side = 各方及其点分钟
numbers-apart = 差额
numbers-burden-parties = 按当事方排列（合计其全部争端）
numbers-burden-parties-note = 为其全部人员之和，因此人数较多的当事方可能承受更多。
numbers-burden-others = 另有 { $n } 个当事方合计承受 { $points } 点分钟。
numbers-party = 当事方
numbers-disputes = 争端数
numbers-points = 点分钟
numbers-points-axis = 0 至 { $most } 点分钟
numbers-burden-regions = 按当事方所属国的区域排列
numbers-burden-regions-note = 为各当事方全部人员的点分钟之和；当事方每参与一项争端计一次。公司按其首列国籍计算。
numbers-region = 区域
numbers-no-region = 未注明区域
numbers-parties = 当事方数
numbers-per-party = 每一当事方平均

# 工作量。
numbers-load = 调解员的工作量
numbers-load-sum = 共 { $seats } 个席位，由名册上 { $roster } 名调解员中的 { $sit } 名担任。
numbers-load-used = 设有上限的调解员合计可承担 { $takes } 项争端，已用 { $used } 项（{ $share }）。{ $full ->
    [0] 无人达到上限。
   *[other] { $full } 名调解员已达到上限。
}
numbers-load-tenth = 名册上最忙的十分之一占全部席位的 { $share }。集中度（赫芬达尔—赫希曼指数，即各席位份额平方之和）为 { $index }，相当于 { $equal } 名调解员平均分担全部席位。
numbers-fit-mean = 以 0 至 1 计，每个席位的平均契合度为 { $mean }，契合度最低的调解庭为 { $lowest }。
numbers-load-spread = 调解员承担争端数的分布
numbers-load-spread-x = 横轴：一名调解员承担的争端数（各组以其上端标示）。纵轴：名册上的调解员人数。
numbers-load-lines = 按担任席位的调解员排列，最忙者在前
numbers-mediator = 调解员
numbers-load-takes = 争端数 / 上限
numbers-load-hours = 工时 / 上限
numbers-disputes-axis = 0 至 { $most } 项争端

# 份额。
numbers-shares = 国籍与区域
numbers-shares-note = 调解庭席位与名册的对照。横条表示席位份额，其上的标记表示名册份额：横条较长，即担任席位者多于按名册比例所预期。各争端中谁可任职、语言及日程均会影响这一结果。
numbers-shares-several = 有 { $n } 个席位由具有多重国籍的调解员担任；与上限的算法相同，此类席位在每一国籍下均全数计入，故各份额之和可能超过 100%。
numbers-nationalities = 按国籍划分的席位
numbers-regions = 按区域划分的席位
numbers-blocs = 按国家集团划分的席位
numbers-nationality = 国籍
numbers-bloc = 国家集团
numbers-unknown = 不详
numbers-seats = 席位
numbers-seat-share = 席位份额
numbers-sitting = 任职人数 / 名册人数
numbers-roster-share = 名册份额
numbers-cap = 上限
numbers-cap-none = 不会达到
numbers-caps = 政策对全批案件的席位份额设有上限：任何群体的席位均不超过其上限；上限按所有争端所需席位总数计算。
numbers-caps-none = 政策未设上限。
numbers-share-axis = 0 至 { $most }%
numbers-attributes = 关于调解员的其他信息
numbers-attributes-note = 为文件中的原文用语，对调解庭的选定不产生任何影响。
numbers-attribute = 按“{ $name }”划分的席位
numbers-value = 取值

# 轮换。
numbers-rotation = 首次委任与轮换
numbers-rotation-unknown = 文件未载明任何以往的委任，故无从判断谁为首次任职。
numbers-rotation-sum = 任职者共 { $sit } 人；其中 { $never } 人在文件所知范围内从未受委任，{ $none } 人在最近 { $years } 年内未受委任。在本批案件中任职于两项或两项以上争端者 { $again } 人。
numbers-rotation-weighed = 上述年限内的委任会提高席位的代价；轮换合计使质量减少 { $cost } 个单位。
numbers-rotation-free = 以往的委任对本次调解庭的选定不产生任何影响。
numbers-rotation-table = 本批案件之前的委任
numbers-share = 份额
numbers-rotation-had = 以往委任
numbers-rotation-sitting = 任职者
numbers-rotation-roster = 名册
numbers-rotation-never = 未知有任何委任
numbers-rotation-none = 回溯期内无
numbers-rotation-one = 回溯期内一次
numbers-rotation-more = 回溯期内两次或两次以上
numbers-rotation-note = 横条表示任职者中的份额，其上的标记表示名册中的份额。首行涵盖文件所知的全部年份，其余各行仅涵盖回溯期。

# 价格。
numbers-scarce = 稀缺资源
numbers-scarce-what = 证明为各争端所争用的每一项资源定出价格。价格是最后一个单位使质量上界提高的数额，以质量单位计：按通常权重，一个单位相当于一个契合度满分的席位。只要排在质量之前的各项目标不变差，再增加一个单位的价值至多为其价格加上本结果与上界之间的距离（{ $open }）。没有价格的资源并不稀缺：再增加一个单位不会提高上界。
numbers-scarce-try = 如欲了解再增加一个单位的实际价值，可重新规划本批案件：
numbers-scarce-none = 在此上界中没有任何资源具有价格：调解员的争端数与工时、会议室及人员的时间均不短缺。
numbers-scarce-unknown = 本结果没有证明书，故没有任何价格。
numbers-scarce-mediators = 某调解员多承担一项争端
numbers-scarce-hours = 某调解员多一小时工作
numbers-scarce-caps = 受上限约束的群体多一个席位
numbers-scarce-rooms = 多一间会议室
numbers-scarce-people = 多项争端所争用的同一人的时间
numbers-scarce-languages = 按语言划分的调解员
numbers-scarce-nationalities = 按国籍划分的调解员
numbers-scarce-shared-note = 该群体全部调解员多承担一项争端的平均价格，以及其中已达到上限的人数。
numbers-scarce-item = 资源
numbers-scarce-price = 价格
numbers-scarce-worth = 至多值
numbers-scarce-full = 已满 / 全部
numbers-scarce-case = { $who }（可承担 { $takes } 项）
numbers-scarce-nationals = { $who }国民
numbers-scarce-bloc = { $who } 成员国国民
numbers-scarce-room = { $where }，{ $seats } 座
numbers-scarce-axis = 0 至 { $most } 个单位
