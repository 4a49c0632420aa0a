proof-status = 本结果的优劣程度
proof-status-optimal = 已证明为最优。
proof-status-optimal-why = 各项目标均已依次得到证明，质量在所要求的距离之内：在相同数据和相同规则下，任何其他安排的优势都不会超过该距离。
proof-status-feasible = 有效，但未证明为最优。
proof-status-feasible-why = 本结果符合全部规则。是否存在更好的安排尚未确定；凡已知上界者，上界说明至多能好多少。
proof-status-infeasible = 已证明不可能。
proof-status-infeasible-why = 在这些数据和这些规则下无法组成任何调解庭，此点已获证明。对其他规则或其他数据不作任何结论。
proof-status-unknown = 未知。
proof-status-unknown-why = 对本结果的优劣程度不作任何主张。
proof-stop-time-limit = 搜索在证明完成之前因达到时限而结束。延长时间可能得到更好的结果、更小的距离，也可能两者皆无。
proof-stop-node-limit = 搜索在证明完成之前因达到步数上限而结束。增加步数可能得到更好的结果、更小的距离，也可能两者皆无。
proof-stop-interrupted = 搜索在证明完成之前被中断。继续运行至结束可能得到更好的结果、更小的距离，也可能两者皆无。
proof-gap = 凡在质量之前的各项目标上不逊于本结果者，其质量高出本结果的幅度均不可能超过已证明上界的 { $gap }%。
proof-gap-none = 质量等于其已证明的上界：凡在质量之前的各项目标上不逊于本结果者，其质量均不可能更高。
proof-gap-unknown = 本结果的质量没有已证明的上界。
proof-asked = 视为已证明的质量距离：上界的 { $gap }%。
proof-broken = 核验程序发现有规则被违反。在纠正之前，以下内容均不可作为依据。

# 目标。
proof-tiers = 各项目标，按先后次序
proof-tiers-how = 各项目标按此次序比较。无论在后的目标能改善多少，都不能抵过在先的目标。
proof-term-panels = 组成调解庭的争端
proof-says-panels = 本结果的调解庭计 { $value } 分；每项争端按其优先级计分，未注明者计一分。{ $how ->
    [closed] 符合这些规则的任何安排都不可能得分更高。
    [open] 符合这些规则的任何安排得分均不可能超过 { $bound }。
   *[none] 对其他安排可能的得分未作任何证明。
}
proof-term-sessions = 全部会议均有日期的争端
proof-says-sessions = 既有调解庭又有全部会议日期的争端计 { $value } 分。{ $how ->
    [closed] 在前项不逊于此的任何安排都不可能得分更高。
    [open] 在前项不逊于此的任何安排得分均不可能超过 { $bound }。
   *[none] 对其他安排可能的得分未作任何证明。
}
proof-term-frozen = 临近而变动的会议
proof-says-frozen = 原计划在冻结期内开始而变动的会议：{ $value } 次。{ $how ->
    [closed] 在前项不逊于此的任何安排变动都不会更少。
    [open] 在前项不逊于此的任何安排变动均不少于 { $bound } 次。
   *[none] 对其他安排的变动次数未作任何证明。
}
proof-term-loads = 调解员所缺的争端数
proof-says-loads = 应至少承担一定数目争端的调解员合计缺 { $value } 项。{ $how ->
    [closed] 在前项不逊于此的任何安排所缺都不会更少。
    [open] 在前项不逊于此的任何安排所缺均不少于 { $bound } 项。
   *[none] 对其他安排所缺的数目未作任何证明。
}
proof-term-sides = 负担较重一方的负担
proof-says-sides = 各争端中负担较重的一方合计承受 { $value } 点分钟。{ $how ->
    [closed] 在前项不逊于此的任何安排都不可能使其承受更少。
    [open] 在前项不逊于此的任何安排均不可能使其承受少于 { $bound } 点分钟。
   *[none] 对其他安排下的负担未作任何证明。
}
proof-term-worst = 契合度最低的争端
proof-says-worst = 与其争端契合度最低的调解庭，平均契合度为 { $value }。{ $how ->
    [closed] 在前项不逊于此的任何安排都不可能使契合度最低的争端更好。
    [open] 在前项不逊于此的任何安排中，契合度最低的争端均不可能超过 { $bound }。
   *[none] 对其他安排可能达到的数值未作任何证明。
}
proof-term-below = 低于某一服务水平的争端
proof-says-below = 调解庭平均契合度低于 { $level } 的争端：{ $value } 项。{ $how ->
    [closed] 在前项不逊于此的任何安排都不会更少。
    [open] 在前项不逊于此的任何安排均不少于 { $bound } 项。
   *[none] 对其他安排可能达到的数目未作任何证明。
}
proof-term-quality = 质量
proof-says-quality = 本结果的质量为 { $value }。{ $how ->
    [closed] 在前项不逊于此的任何其他结果，质量都不可能更高。
    [open] 在前项不逊于此的任何其他结果均不可能超过 { $bound }：至多高出 { $open }，即上界的 { $gap }%。
   *[none] 对其他结果可能达到的质量未作任何证明。
}
proof-derived = 核验程序已自行由价格推得此上界。
proof-not-derived = 核验程序未能推得此上界。

# 质量的构成。
proof-terms = 质量的构成
proof-terms-how = 质量为下列各项之和；不利于结果者为负数。
proof-terms-term = 项目
proof-terms-means = 所计内容
proof-terms-value = 单位
proof-terms-sum = 合计：质量
proof-term-fit = 契合度
proof-term-fit-why = 调解庭每名成员与争端的契合程度，每一席位以 0 至 1 计，再乘以政策所定的权重。
proof-term-burden = 负担
proof-term-burden-why = 人员在工作时间以外出席的代价，所有人均计入。
proof-term-fairness = 各方之间的公平
proof-term-fairness-why = 每项争端中负担较重一方的负担再计一次，以免非工作时间全由一方承受。
proof-term-lateness = 逾期
proof-term-lateness-why = 在政策允许的情况下，会议在到期日之后结束的代价。
proof-term-balance = 工作量的均衡
proof-term-balance-why = 同一调解员承担多项争端的代价：第一项不计，以后每项递增。
proof-term-rotation = 轮换
proof-term-rotation-why = 由近年内曾受委任者任职的代价。
proof-term-disruption = 对原计划的变动
proof-term-disruption-why = 与原计划相比，席位易人和会议改期的代价。

# 调解庭如何选定。
proof-selected = 调解庭如何选定
proof-mechanism-optimise = 以优化方式选定。
proof-mechanism-optimise-why = 引擎在符合规则的全部安排中寻求按各项目标最优者，并证明其与最优者的距离至多为多少。
proof-mechanism-strike-and-rank = 以抽取名单、剔除和排序的方式选定。
proof-mechanism-strike-and-rank-why = 就每一席位从可任职的调解员中抽取一份名单；当事方剔除并排序；邀请各方综合最为接受者。
proof-mechanism-list-procedure = 以最适任者名单、剔除和排序的方式选定。
proof-mechanism-list-procedure-why = 就每一席位由机构列出可任职的最适任者；当事方剔除并排序；邀请各方综合最为接受者。
proof-mechanism-shortlisting = 以缩减名单的方式选定。
proof-mechanism-shortlisting-why = 就每一席位抽取一份名单；由抽签确定的一方先行缩减，另一方从中选定。
proof-mechanism-sortition = 以抽签方式选定。
proof-mechanism-sortition-why = 每一席位在可任职者中抽签产生。
proof-mechanism-lottery = 在完整结果中抽签选定。
proof-mechanism-lottery-why = 在若干带权重的完整结果中抽取，使任何人在任何争端中任职的概率均不超过上限，并使预期质量在该上限下尽可能高。
proof-mechanism-first-come = 按争端立案的先后选定。
proof-mechanism-first-come-why = 每项争端从在先者所余之中取最佳的调解庭和日期。
proof-mechanism-greedy = 获益最大者优先。
proof-mechanism-greedy-why = 反复由从所余之中获益最大的争端取其最佳的调解庭和日期。
proof-mechanism-random = 任何能够开会的调解庭。
proof-mechanism-random-why = 在符合规则的全部调解庭中随机抽取；仅供比较之用。
proof-selected-rules = 无论以何种方式选定，规则不变：不合资格者不得任职，核验程序对所有结果一视同仁。核验程序依据选定的过程记录重复该过程，凡不能由此得出的调解庭均会被发现。
proof-selected-bound = 此类选定方式并不以最高质量为目标；上界此时说明其至多放弃了多少质量。
proof-replay = 按相同程序重新选定：
proof-seed = 抽签种子
proof-commitment = 种子的 SHA-256
proof-committed = 案件文件已事先载明此摘要：其后种子、案件及选定方式均不可能在不被发现的情况下更改。
proof-not-committed = 案件文件未载明此摘要，因此主持选定者可以自行挑选种子。
proof-seed-check = 核对种子是否具有此摘要：

# 证明书。
proof-certificate = 证明的依据
proof-certificate-none = 本结果没有证明书。已核验的是其符合全部规则，而非其距离最优有多近。
proof-certificate-what = 结果文件载有一份证明书：为各争端所争用的资源定出价格，例如某调解员的下一项争端或某人的一小时。无论价格如何，每项争端各自所能购得的最佳安排与全部待售资源的价值之和，都是任何安排均不能超过的数。因此，价格如何得出无须任何人采信：重新相加者即得上界。一份价目不足时，以一个有两种回答的问题（“她是否在此争端任职？”）将事项分开，每种回答各有其价目。
proof-certificate-size = 就此项目标：{ $questions } 个问题，{ $leaves } 份价目。
proof-certificate-integers = 全部为整数，中途不作任何舍入。

# 如何复核。
proof-recheck = 如何复核
proof-recheck-how = 持有案件文件和结果文件并装有 comity 者，可在任何机器上重复核验，无需联网：
proof-recheck-party = 本页面不包含案件文件和结果文件，因其涉及其他争端。有权持有二者的人，即秘书处或受其委托者，可在任何机器上重复核验，无需联网：
proof-recheck-says = 如无任何违反，输出以下一行；否则列出每一条被违反的规则：
proof-recheck-page = 本页面可由相同文件重新生成；同一版本生成逐字节相同的页面：
proof-recheck-digests = 首屏的摘要说明本页面所依据的文件，为 JSON 规范形式（RFC 8785）的 SHA-256，故换行和键的次序均无影响。不使用 comity 时，可用 Python 的 rfc8785 软件包求得：
proof-recheck-rules = 核验程序重新推导的内容（{ $n } 条规则）
proof-recheck-rules-how = 核验程序只读取这两份文件。其时钟、利益冲突的搜索、求和与定价均自成一套，与引擎分开编写，因此引擎的错误不会在此被掩盖。
proof-recheck-label = 规则
proof-recheck-asks = 要求

# 核验规则。
proof-rule-d1-reference = 结果载明其格式和所依据的案件，且只涉及案件文件所载的内容。
proof-rule-g1-admissible = 不得调解的争端没有调解庭。
proof-rule-a1-panel-size = 调解庭的人数和首席调解员符合争端的要求。
proof-rule-a2-eligible = 每名成员均有资格；尤其在当事方国籍构成障碍时，其国民不得任职。
proof-rule-a3-capacity = 任何调解员承担的争端数和工时均不超过其上限。
proof-rule-a4-coverage = 调解庭具备争端所要求的语言和专长。
proof-rule-a5-distinct = 成员之间没有利益冲突，有要求时亦无相同国籍，且与各方有国籍联系者不超过允许的人数。
proof-rule-a6-in-batch = 任何调解员所获的各项争端不会合并构成利益冲突。
proof-rule-a7-docket-caps = 任何国籍和任何国家集团所占席位均不超过其份额。
proof-rule-a8-locks = 必须任职者任职，不得任职者不任职，固定的会议按时开始。
proof-rule-s1-together = 全体出席者全程有空，会场全程开放。
proof-rule-s2-no-overlap = 任何人不同时出席两次会议，也不同时在两个传译间。
proof-rule-s2-rest = 任何人在两次会议之间均有休息。
proof-rule-s2-travel = 任何人均有时间从一地前往另一地并恢复精力。
proof-rule-s3-order = 会议符合时间网格、排期范围、先后次序、间隔和期限。
proof-rule-s4-rooms = 会议有其所需的会议室和座位，且每间会议室为其独用。
proof-rule-s5-interpreters = 每个传译间的口译员人数符合规则，且均能胜任。
proof-rule-s6-day-limit = 任何人同一日期的会议时间均不超过政策所允许的时长。
proof-rule-d2-session-data = 会议的结束时间、当地时间、负担、地点和会议室均正确。
proof-rule-d3-disclosure = 应当披露的均已披露，且所示路径真实而最短。
proof-rule-d4-objective = 各项目标和项目的数值与调解庭和会议相符。
proof-rule-d5-exclusions = 被排除的配对数目正确。
proof-rule-d6-unserved = 没有调解庭或没有日期的争端均已列出，并注明未果的阶段。
proof-rule-d7-reasons = 每一席位的契合度以及契合度更高者的人数正确。
proof-rule-d8-burdens = 各方、各当事方和各人在全部会议中的负担正确。
proof-rule-d9-reserves = 每名候补者均可在其他一切不变的情况下接任一席。
proof-rule-d10-selection = 调解庭即为选定方式、其种子和当事方选票所得出者。
proof-rule-b1-bound = 每一上界均由其价格证明，且不低于所达数值。
proof-rule-b2-status = 状态和距离的表述不超出上界所证明的范围。

# 证明不涉及的内容。
proof-limits = 证明不说明什么
proof-limits-data = 证明以所给数据为前提。日期有误、语言遗漏或评分不实，即为前提有误；摘要说明所用的是哪些数据。
proof-limits-relations = 证明只知道文件所载的关系。无人录入的联系，无从发现；披露义务依然存在。
proof-limits-rules = 证明针对的是案件文件所指定的规则集，以其书面内容为准。这些规则是否恰当，法院或机构如何看待，应由人来判断。
proof-limits-measure = “最优”系指按上述目标及其权重为最优，目标和权重由机构选定；并非对任何调解员或当事方的评价。
proof-limits-software = 核验程序也是程序，也可能有误。其篇幅不长，与引擎分开，可供查阅；其核验内容载于项目文件，可据以另行编写第三个程序。
