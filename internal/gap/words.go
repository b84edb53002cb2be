package gap

import (
	"slices"

	"adam/internal/term"
)

// The words of the field, in English and French, and as the Bali Process uses them ("people smuggling" is its name for the
// smuggling of migrants).
var (
	ofSmuggling = []string{"people smuggling", "people smugglers", "migrant smuggling", "migrant smugglers", "smuggling of migrants", "smuggling of people",
		"smuggling of persons", "smuggled migrants", "human smuggling", "human smugglers", "alien smuggling", "migrants smuggling", "anti smuggling", "counter smuggling",
		"trafic illicite de migrants", "trafic de migrants", "trafic illicite des migrants", "passeurs de migrants", "passeurs"}
	ofTrafficking = []string{"trafficking", "trafficked", "counter trafficking", "anti trafficking", "traffickers", "modern slavery", "traite", "traite des personnes", "traite des êtres humains", "trafiquants d êtres humains"}
	ofVictims     = []string{"victim", "victims", "victime", "victimes"}
	ofMeans       = []string{"force", "coercion", "deception", "deceit", "fraud", "threat", "threats", "abduction", "abuse of power", "contrainte", "tromperie", "menace", "menaces", "violence"}
	ofSex         = []string{"sexual exploitation", "commercial sexual exploitation", "prostitution", "immoral traffic", "sex trafficking", "exploitation sexuelle"}
	ofWomen       = []string{"women and children", "women and girls", "women or children", "women and child", "femmes et enfants", "femmes et des enfants", "women"}
	ofLimits      = []string{"only", "limited to", "restricted to", "exclusively", "solely", "does not cover adult men", "does not cover men", "seulement", "uniquement", "limité aux", "limitée aux", "exclusivement"}
	ofLaws        = []term.RecordKind{term.RecordLaw}
)

var rules = []rule{
	{code: VictimsTaggedSmuggling, tags: onlySmuggling, says: ofVictims,
		sentence: "The text speaks of victims, but the record is tagged smuggling of migrants only. Victims are of trafficking in persons; a smuggled migrant is the object of the offence (Smuggling Protocol, articles 3 and 5). Is it about trafficking too?"},
	{code: ExploitationTaggedSmuggling, tags: onlySmuggling, says: []string{"exploitation", "exploited", "exploiting", "exploitée", "exploités"},
		sentence: "The text speaks of exploitation, but the record is tagged smuggling of migrants only. Exploitation is the purpose of trafficking in persons (Trafficking Protocol, article 3); of smuggling it only aggravates the offence (Smuggling Protocol, article 6(3)(b)). Is it about trafficking too?"},
	{code: SmugglingTaggedTrafficking, tags: onlyTrafficking, says: ofSmuggling,
		sentence: "The text speaks of smuggling, but the record is tagged trafficking in persons only. Smuggling of migrants is another offence (Smuggling Protocol, article 3). Is it about smuggling too?"},
	{code: EntryTaggedTrafficking, tags: onlyTrafficking, says: []string{"illegal entry", "irregular entry", "unlawful entry", "entrée illégale", "entrée irrégulière", "entrée clandestine"},
		sentence: "The text speaks of illegal entry, but the record is tagged trafficking in persons only. Procuring illegal entry is smuggling of migrants (Smuggling Protocol, article 3); trafficking needs no border crossing. Is it about smuggling too?"},
	{code: FeeTaggedTrafficking, tags: onlyTrafficking, says: []string{"fee", "fees", "smuggling fee", "contre rémunération"},
		unless:   []string{"recruitment fee", "recruitment fees", "frais de recrutement"},
		sentence: "The text speaks of a fee, but the record is tagged trafficking in persons only. A financial or other material benefit is an element of the smuggling of migrants (Smuggling Protocol, article 3); the purpose of trafficking is exploitation. Is it about smuggling too?"},
	{code: TraffickingForSmuggling, kinds: []term.RecordKind{term.RecordActivity, term.RecordMechanism}, tags: onSmuggling, says: ofTrafficking,
		unless:   slices.Concat(ofSmuggling, []string{"smuggling", "smuggled", "smuggler", "smugglers", "irregular migration", "illegal migration", "migration irrégulière", "border", "borders", "immigration", "transnational crime", "organised crime", "organized crime"}),
		sentence: "The record is tagged smuggling of migrants, but its text speaks of trafficking in persons alone. What is done against trafficking does not count for smuggling: the two Protocols ask for different things. Is it about smuggling at all?"},
	{code: SmugglingNeedsMeans, kinds: ofLaws, tags: onSmuggling, says: slices.Concat(ofMeans, []string{"for exploitation", "purpose of exploitation"}), beside: ofSmuggling,
		unless:   []string{"aggravated", "aggravating", "aggravante"},
		sentence: "The text joins smuggling of migrants with force, deception or exploitation. The offence needs none of them: they are of trafficking (Smuggling Protocol, articles 3 and 6; exploitation only aggravates, article 6(3)(b)). Does the law ask for them?"},
	{code: SmugglingWithoutBenefit, kinds: ofLaws, tags: onSmuggling,
		says:     []string{"no element of gain", "without gain", "no gain is required", "regardless of profit", "whether or not for profit", "without financial benefit", "no financial benefit", "even without profit", "sans but lucratif"},
		sentence: noBenefit},
	{code: TraffickingNeedsBorder, kinds: ofLaws, tags: onTrafficking,
		says:     []string{"only with cross border", "only cross border", "only transnational", "requires crossing", "crossing a border is required", "only across borders", "only across a border", "only international", "into or out of the country only", "uniquement transfrontalière"},
		sentence: "The offence of trafficking seems to ask for the crossing of a border. It needs none: not in the Trafficking Protocol (article 3), and no domestic offence may ask for it (Convention, article 34(2)). Does the law cover trafficking inside the country?"},
	{code: TraffickingOfSomeOnly, kinds: ofLaws, tags: onTrafficking, says: ofWomen, beside: slices.Concat(ofLimits, []string{"trafficking in women", "traffic in women", "abducting and selling", "abduction sale", "traite des femmes"}),
		sentence: "The text speaks of women and children. The Trafficking Protocol protects every person, men too (article 3). Does another provision cover men?"},
	{code: TraffickingSexualOnly, kinds: ofLaws, tags: onTrafficking, says: ofSex, beside: slices.Concat(ofLimits, []string{"for prostitution", "immoral traffic", "prostitution act", "aimed at"}),
		sentence: "The text speaks of sexual exploitation or prostitution alone. Exploitation is also forced labour, slavery, servitude and the removal of organs (Trafficking Protocol, article 3(a)). Does another provision cover those?"},
	{code: MigrantsPunished, kinds: ofLaws, tags: onSmuggling, says: []string{"smuggled migrants are punished", "punishes smuggled migrants", "smuggled migrants are liable", "punishes the smuggled", "for having been smuggled", "smuggled persons are punished"},
		sentence: "The law seems to punish migrants for having been smuggled; the Smuggling Protocol forbids that (article 5). Punishing illegal entry as such is another thing (article 6(4)). Which of the two is it?"},
	{code: OneProvision, kinds: ofLaws, tags: onTrafficking, says: []string{"mixed trafficking with smuggling", "mixes trafficking with smuggling", "mixes trafficking and smuggling", "trafficking and smuggling as one", "confuses trafficking"},
		sentence: oneProvision},
}

// Sentences of flags that a text as well as a reading of articles gives.
const (
	noBenefit    = "The offence asks for no financial or other material benefit, so it is wider than the Protocol (article 6(1)), which leaves out who helps family or out of humanity. This is a note, not a fault: is it so read?"
	oneProvision = "One provision is given as the answer for both trafficking in persons and smuggling of migrants. The two are different offences, of different Protocols. Which of the two does it cover?"
)
