package search

import "strings"

// corpus gives texts as the catalogue has them: titles, acronyms, sentences, titles in local languages.
func corpus() []string { return lines(corpusLines) }

// queries gives what people type, with and without a hit in the corpus.
func queries() []string { return lines(queryLines) }

func lines(s string) []string { return strings.Split(strings.TrimSpace(s), "\n") }

//lint:ignore ST1018 the invisible characters are what people paste, and what is tested
const corpusLines = `
Asia Regional Cooperation to Prevent People Trafficking (ARCPPT)
Tripartite Action to Enhance the Contribution of Labour Migration to Growth and Development in ASEAN (TRIANGLE II)
Development of Multi-agency Port Intelligence Units in South-East Asia
Support to strengthening of immigration control capacity at international border gates, VNM/S79
ASEAN-China-UNODC plan on trafficking in persons linked to casinos and scam operations
Inter State Convergence Workshop on Anti Trafficking, Kolkata
Strengthening Government and CSO Capacity to Combat Human Trafficking and Create Greater Impact
IOM-US partnership: counter-trafficking project in Maldives, Malé
Preventing and Addressing Trafficking in Human Beings and Smuggling of Migrants in South Asia, GLO.ACT SA
Awareness raising and information campaigns on the risks of irregular migration in Pakistan (PARIM)
Border Management Programme in Central Asia and Afghanistan - BOMCA phase 10, EUR 4 million, 2019-2020
IOM X: communication campaign on safe migration and exploitation in South-East Asia; IOM-X on television
Aku Tau (I know people smuggling is wrong) campaign, coastal villages, 2009–2014
EU-ASEAN Migration and Border Management Programme II, EA-MBMP II
Economic and Social Empowerment of Returned Victims of Trafficking in Thailand and the Philippines
United Nations Action for Cooperation against Trafficking in Persons
UN-ACT: UNDP regional project, secretariat of COMMIT; successor of UNIAP
UK-funded information campaign on illegal migration and trafficking in Viet Nam
Phòng, chống mua bán người ở Việt Nam: Bộ luật Hình sự số 100/2015/QH13
Supreme People's Procuratorate of the People’s Republic of China
Attorney General's Chambers of Malaysia; Anti-Trafficking in Persons and Anti-Smuggling of Migrants Act 2007 (ATIPSOM)
Council for Anti-Trafficking in Persons and Anti-Smuggling of Migrants (MAPO), National Guideline A-TIP
Ministry of Overseas Pakistanis and Human Resource Development, MoOP&HRD
Office of the U.N. High Commissioner for Refugees (U.N.H.C.R.)
TIP/SOM working group of the Senior Officials; UNDP/UN-ACT mission report
PROTECT-SEA and M-POWER projects under review until 2027
Indian Penal Code, 1860, sections 370 and 370A; Immoral Traffic (Prevention) Act, 1956
Sub-Decree No. 190 on the Sending of Cambodian Workers Abroad, NS/RKM/0208/005
Undang-Undang Nomor 21 Tahun 2007 tentang Pemberantasan Tindak Pidana Perdagangan Orang
Türkiye and Côte d'Ivoire: officials trained on fraudulent documents
Women's shelters run by the Ministry of Women’s Affairs, Cox's Bazar
Law on Suppression of Human Trafficking and Sexual Exploitation of Cambodia, 2008-02-15
Resolution 55/25 of the General Assembly: Protocol against the Smuggling of Migrants by Land, Sea and Air
Regional Support Office of the Bali Process, co-managed by Australia and Indonesia
Training, equipment and legal work with the Immigration Department and Border Guard on smuggling
Victim identification, assistance and justice capacity: one of six new US-funded IOM projects
Financing facility: ﬁnance for coöperation, ＵＮＯＤＣ ＡＳＥＡＮ office
It said "OR" and 'AND' NOT NEAR(x) * : & | ! \ ( )
พระราชบัญญัติป้องกันและปราบปรามการค้ามนุษย์ พ.ศ. 2551
พระราชบัญญัติคนเข้าเมือง พ.ศ. ๒๕๒๒
กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์ กรุงเทพฯ
แม่น้ำโขง เเรงงานข้ามชาติ
ກົດໝາຍວ່າດ້ວຍການຕ້ານການຄ້າມະນຸດ ສະບັບປີ 2015
ຄະນະກຳມະການຕ້ານການຄ້າມະນຸດ
ច្បាប់ស្តីពីការបង្ក្រាបអំពើជួញដូរមនុស្ស និងអំពើធ្វើអាជីវកម្មផ្លូវភេទ
គណៈកម្មាធិការ​ជាតិ​ប្រយុទ្ធ​ប្រឆាំង​អំពើ​ជួញដូរ​មនុស្ស
လူကုန်ကူးမှုတားဆီးကာကွယ်ရေးဥပဒေ ၂၀၀၅
လူကုန်ကူးမှု တိုက်ဖျက်ရေး ဗဟိုအဖွဲ့
中华人民共和国刑法
中华人民共和国出境入境管理法（二〇一二年）
日本协助越南打击人口贩卖
人身取引対策行動計画２０２２
인신매매 방지 및 피해자 보호
قانون مبارزه با جرایم قاچاق انسان و قاچاق مهاجران
انسانی سمگلنگ کی روک تھام کا قانون ۲۰۱۸
مكافحة الاتّجار بالأشخاص وتهريب المهاجرين
মানব পাচার প্রতিরোধ ও দমন আইন, ২০১২
मानव बेचबिखन तथा ओसारपसार नियन्त्रण ऐन
மனித கடத்தல் தடுப்பு
މީހުން ވިޔަފާރިކުރުން މަނާކުރުމުގެ ޤާނޫނު
Торговля людьми и незаконный ввоз мигрантов; Τουρκία
`

const queryLines = `
trafficking
TRAFFICK
traffic
people smuggling
smuggling of migrants
migrants smuggling
the
un
UN
un act
un-act
UN-ACT
unact
U.N.
UNHCR
u.n.h.c.r.
iom x
iom-x
iomx
glo.act
gloact
atip
a-tip
A TIP
tip/som
tipsom
m-power
mpower
protect sea
protectsea
commit
COMMIT secretariat
viet nam
Việt Nam
vietnam
bo luat hinh su
Malé
male
turkiye
cote d'ivoire
ivoire
people's
peoples
womens affairs
370
370A
2008
2551
55/25
100/2015/QH13
moop&hrd
anti-trafficking
antitrafficking
counter trafficking maldives
south-east asia
finance unodc cooperation
trafficing
migrnat
"OR" NOT *
near(x)
การค้ามนุษย์
ค้ามนุษย์
มนุษย์
ม
ค้า
พ.ศ. 2522
แม่น้ำ
แม่นํ้า
แรงงาน
กรุงเทพ
ค้ายาเสพติด
ການຄ້າມະນຸດ
ຄະນະກຳມະການ
ជួញដូរមនុស្ស
ការបង្ក្រាប
គណៈកម្មាធិការជាតិ
លួច
လူကုန်ကူးမှု
ကူးမှု
၂၀၀၅
刑法
法
人口贩卖
贩卖人口
出入境
人身取引
2022
인신
인신매매
قاچاق انسان
قاچاق انساني
2018
اتجار بالاشخاص
الاتجار
মানব পাচার
मानव
मनव
மனித
މީހުން
торговля людьми
τουρκια
`
