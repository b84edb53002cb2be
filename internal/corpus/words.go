package corpus

import (
	"strconv"
	"strings"
)

// tongue is a language with what titles and summaries are put together from. %p is the name of a place, %o what is done.
type tongue struct {
	things  []string
	titles  []string
	details []string
	places  []string
}

var english = tongue{
	things: []string{
		"training of border officials", "support to anti-trafficking units", "identification of victims", "shelters for victims",
		"drafting of smuggling offences", "mutual legal assistance in smuggling cases", "training of prosecutors", "examination of travel documents",
		"awareness of recruitment fraud", "regional police cooperation", "voluntary return and reintegration", "financial investigations",
		"a hotline for migrant workers", "data on smuggling routes", "search and rescue at sea", "child protection at borders",
		"judicial benches on trafficking", "community policing", "labour inspections", "liaison officers at airports",
		"online recruitment and forced criminality", "national action plans", "biometric border systems", "legal aid for victims",
		"research on fishing vessels", "consular officials abroad", "case management", "standard operating procedures",
	},
	titles: []string{
		"Strengthening %o in %p", "%o: %p programme", "Support to %o, %p", "Regional project on %o (%p)", "Advancing %o across %p",
		"Pilot on %o in %p", "Joint initiative for %o, %p", "%p: capacity for %o", "Technical assistance on %o for %p", "Partnership for %o in %p",
	},
	details: []string{
		"The project trains officials who meet migrants first.", "Trainers are trained, and courses become part of the national academy.",
		"Equipment is handed over with manuals in the local language.", "Two districts at the border are covered in the first year.",
		"A steering committee of ministries meets twice a year.", "Civil society runs the shelters and reports by quarter.",
		"Draft amendments were discussed with the committee of the legislature.", "An evaluation at mid-term changed the targets.",
		"Investigators of neighbouring countries work on shared cases.", "The baseline study interviewed returned workers.",
		"Standard procedures for referral were agreed with five agencies.", "The second phase adds financial investigation and asset recovery.",
	},
	places: []string{"the Mekong", "South Asia", "border provinces", "the capital region", "coastal districts", "the Andaman Sea", "island states", "airports", "the northern corridor", "urban centres"},
}

// others are languages in which some donors and authorities report.
var others = []tongue{
	{
		things:  []string{"la formation des gardes-frontières", "la protection des victimes de la traite", "la lutte contre le trafic illicite de migrants", "l’entraide judiciaire", "la sensibilisation des jeunes"},
		titles:  []string{"Appui à %o (%p)", "Renforcement de %o, %p", "Programme régional : %o — %p"},
		details: []string{"Le projet forme des formateurs et des magistrats.", "Les ministères se réunissent deux fois par an.", "La deuxième phase couvre trois provinces."},
		places:  []string{"Mékong", "Asie du Sud", "provinces frontalières", "zones côtières"},
	},
	{
		things:  []string{"การป้องกันการค้ามนุษย์", "การคุ้มครองผู้เสียหาย", "การลักลอบขนผู้ย้ายถิ่นฐาน", "การฝึกอบรมเจ้าหน้าที่ตรวจคนเข้าเมือง"},
		titles:  []string{"โครงการ%o %p", "การเสริมสร้างศักยภาพด้าน%o %p"},
		details: []string{"โครงการนี้ฝึกอบรมเจ้าหน้าที่ในพื้นที่ชายแดน", "มีการประชุมคณะกรรมการปีละสองครั้ง"},
		places:  []string{"จังหวัดชายแดน", "ลุ่มน้ำโขง", "กรุงเทพมหานคร"},
	},
	{
		things:  []string{"phòng, chống mua bán người", "bảo vệ nạn nhân", "quản lý biên giới", "di cư an toàn"},
		titles:  []string{"Dự án %o tại %p", "Tăng cường %o, %p"},
		details: []string{"Dự án tập huấn cho cán bộ biên phòng.", "Ban chỉ đạo họp hai lần mỗi năm."},
		places:  []string{"các tỉnh biên giới", "đồng bằng sông Cửu Long", "Hà Nội"},
	},
	{
		things:  []string{"pencegahan perdagangan orang", "pelatihan petugas imigrasi", "perlindungan pekerja migran"},
		titles:  []string{"Program %o di %p", "Penguatan %o, %p"},
		details: []string{"Proyek ini melatih petugas di perbatasan.", "Komite bertemu dua kali setahun."},
		places:  []string{"Nusa Tenggara", "daerah perbatasan", "Jakarta"},
	},
}

// speak draws the language of a record.
func (d draw) speak() tongue {
	if d.chance(85) {
		return english
	}
	return others[d.rank(len(others))]
}

func (d draw) word(from []string) string { return from[d.rank(len(from))] }

// title writes one; the number makes it findable.
func (d draw) title(t tongue, n int) string {
	s := strings.NewReplacer("%o", d.word(t.things), "%p", t.places[d.IntN(len(t.places))]).Replace(d.word(t.titles))
	if d.chance(20) {
		s += ", phase " + strconv.Itoa(2+d.IntN(4))
	}
	return s + " [synthetic " + strconv.Itoa(n) + "]"
}

// summary writes some sentences; nil where nobody wrote any.
func (d draw) summary(t tongue) *string {
	if d.chance(10) {
		return nil
	}
	var all []string
	for range 1 + d.IntN(4) {
		all = append(all, t.details[d.IntN(len(t.details))])
	}
	s := strings.Join(all, " ")
	return &s
}

var nameBegins = []string{"Meridian", "Harbour", "Lotus", "Crossroads", "Pacific", "Monsoon", "Bridge", "Banyan", "Coral", "Delta", "Horizon", "Lantern", "Orchid", "Tamarind", "Terrace", "Compass"}

var nameEnds = []string{"Foundation", "Institute", "Agency for Cooperation", "Organisation for Migration Studies", "Network", "Trust", "Directorate", "Development Fund", "Partnership", "Centre for Justice", "Alliance", "Bureau"}

// name of an actor.
func (d draw) name(n int) string {
	return nameBegins[d.IntN(len(nameBegins))] + " " + nameEnds[d.IntN(len(nameEnds))] + " [synthetic " + strconv.Itoa(n) + "]"
}
