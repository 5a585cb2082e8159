/**
 * Given names, by which a full name is taken apart and a column of names is known. Compiled by hand from the common
 * names of Poland and of the languages of its neighbours and of western Europe. A name that is missing here proves
 * nothing.
 */
import { foldText } from './fold-text.ts'

const words = `
adela|adelajda|adriana|adrianna|agata|agnieszka|aldona|aleksandra|alicja|alina|amanda|amelia|anastazja|andzelika|aneta|angelika|aniela|anita|anna
|antonina|apolonia|arleta|barbara|beata|berenika|bernadeta|blanka|bogna|bogumila|boguslawa|bozena|bronislawa|brygida|celina|dagmara|danuta|daria|diana
|dominika|dorota|edyta|eleonora|eliza|elwira|elzbieta|emilia|ewa|ewelina|felicja|franciszka|gabriela|genowefa|grazyna|halina|hanna|helena|henryka|honorata
|ida|iga|ilona|inga|irena|irmina|iwona|izabela|izabella|jadwiga|janina|joanna|jolanta|jowita|jozefa|judyta|julia|julita|justyna|kaja|kalina|kamila|karina
|karolina|katarzyna|kazimiera|kinga|klara|klaudia|kornelia|krystyna|ksenia|laura|lena|leokadia|lidia|liliana|liwia|lucja|lucyna|ludmila|ludwika|luiza
|magdalena|maja|malgorzata|malwina|marcelina|maria|marianna|mariola|marlena|marta|martyna|maryla|marzanna|marzena|matylda|melania|michalina|milena|miroslawa
|monika|nadia|natalia|natasza|nikola|nina|oktawia|ola|olga|oliwia|otylia|patrycja|paula|paulina|pola|regina|renata|roksana|roza|rozalia|ryszarda|sabina
|sandra|sara|stanislawa|stefania|stella|sylwia|teodora|teresa|tola|urszula|wanda|weronika|wieslawa|wiktoria|wioletta|wioleta|wladyslawa|zdzislawa|zofia|zuzanna|zaneta
|adam|adrian|albert|aleksander|aleksy|alfred|alojzy|andrzej|antoni|apoloniusz|arkadiusz|artur|august|augustyn|bartlomiej|bartosz|benedykt|bernard|blazej
|bogdan|bogumil|boguslaw|boleslaw|borys|bronislaw|bruno|cezary|cyprian|czeslaw|damian|daniel|dariusz|dawid|dominik|edmund|edward|emil|eryk|eugeniusz|fabian
|feliks|ferdynand|filip|franciszek|fryderyk|gabriel|gerard|grzegorz|gustaw|henryk|hieronim|hubert|ignacy|igor|ireneusz|iwo|jacek|jakub|jan|janusz|jaroslaw
|jedrzej|jeremi|jerzy|joachim|jozef|julian|juliusz|kacper|kajetan|kamil|karol|kazimierz|klemens|konrad|konstanty|kornel|krystian|krzysztof|ksawery|lech|leon
|leonard|leszek|lucjan|ludwik|lukasz|maciej|maksymilian|marcel|marceli|marcin|marek|marian|mariusz|mateusz|michal|mieczyslaw|mieszko|mikolaj|milosz|miroslaw
|natan|nikodem|norbert|olaf|olgierd|oliwier|oskar|patryk|pawel|piotr|przemyslaw|radoslaw|rafal|remigiusz|robert|roman|ryszard|sebastian|seweryn|slawomir
|stanislaw|stefan|szczepan|szymon|tadeusz|teodor|tobiasz|tomasz|tymon|tymoteusz|tytus|waclaw|waldemar|walenty|wiktor|wieslaw|wincenty|wit|witold|wladyslaw
|wlodzimierz|wojciech|xawery|zbigniew|zdzislaw|zenon|ziemowit|zygmunt
|alexander|alexandra|alice|alison|amy|andrea|andreas|andrew|angela|anja|anne|annette|anthony|antonio|arthur|ashley|astrid|barbora|beatrice|benjamin|bernd
|bianca|birgit|brian|brigitte|carla|carlos|carmen|carol|caroline|catherine|charles|charlotte|chiara|chloe|christian|christina|christine|christoph|christopher
|claire|claudia|clara|daniela|david|deborah|dennis|dieter|dirk|donald|eduardo|elena|elisabeth|elizabeth|ella|emily|emma|enrique|eric|erik|eva|federica|felix
|fernando|florian|francesca|francesco|francisco|frank|franz|frederic|gary|geoffrey|george|georg|gerhard|giovanni|giulia|giuseppe|guillaume|hannah|hans|harald
|heather|heike|heinz|helen|helga|henri|henry|holger|hugo|ines|ingrid|isabel|isabelle|ivan|jack|jacob|jacques|james|jan|jana|jane|janet|jason|javier|jean|jennifer
|jessica|jiri|joan|johan|johann|johannes|john|jonas|jonathan|jorge|jose|joseph|joshua|juan|judith|juergen|jurgen|karen|karin|karl|katharina|katherine|kathleen
|kenneth|kerstin|kevin|klaus|kristina|lars|lea|leah|leonie|lisa|linda|louis|louise|luca|lucia|lucie|luigi|luis|lukas|magda|manfred|manuel|marc|marco|margaret
|margarita|marie|mario|marion|mark|markus|martin|martina|mary|mathias|matteo|matthew|matthias|max|maximilian|megan|melissa|mia|michael|michele|michelle|miguel
|nancy|natalie|nathalie|nicholas|nicola|nicolas|nicole|nikita|noah|oliver|olivia|oscar|pablo|pamela|paolo|pascal|patricia|patrick|paul|pavel|pedro|peter|petr
|petra|philip|philipp|philippe|pierre|pilar|rachel|rafael|ralf|ralph|raul|rebecca|ricardo|richard|roberto|ronald|rosa|ruth|ryan|sabine|salvatore|samantha|samuel
|sarah|scott|sergio|silvia|simon|simone|sofia|sonia|sophia|sophie|stefanie|stephanie|stephen|steven|susan|susanne|sven|sylvie|theresa|thomas|timothy|tobias
|tomas|udo|ulrich|ursula|uwe|valentina|vanessa|vera|veronika|victor|victoria|viktor|vincent|walter|werner|wilhelm|william|wolfgang|xavier|yves|yvonne
|alena|bohdan|bohuslav|dagmar|frantisek|hana|ivana|jaroslav|jitka|josef|katerina|lenka|lubos|marketa|michaela|milan|miloslav|miroslav|ondrej|pavla|radek
|stanislav|tereza|vaclav|vladimir|vojtech|zdenek|zdenka|zuzana
|oleksandr|oleksandra|olena|oksana|olha|iryna|kateryna|natalya|nataliya|nadiia|halyna|liudmyla|lyudmyla|maryna|mariia|mariya|mykola|mykhailo|mykhaylo|andrii
|andriy|dmytro|volodymyr|vasyl|yurii|yuriy|serhii|serhiy|oleh|taras|yevhen|yevheniia|yuliia|yuliya|svitlana|tetiana|tetyana|anastasiia|anastasia|bohdana|ivanna
|олександр|олександра|олена|оксана|ольга|ірина|катерина|наталія|надія|галина|людмила|марина|марія|микола|михайло|андрій|дмитро|володимир|василь|юрій|сергій
|олег|тарас|євген|юлія|світлана|тетяна|анастасія|богдан|іван|петро|павло|віктор|вікторія|максим|роман|анна|ганна|софія
|александр|елена|ирина|екатерина|наталья|николай|михаил|андрей|дмитрий|владимир|юрий|сергей|евгений|юлия|светлана|татьяна|анастасия|мария|иван|виктория|алексей
`

/** Given names that are many people's last names as well: of two words such a one does not tell which is which. */
const alsoLastNames = `
adam|albert|alexander|alfred|andreas|andrew|anthony|antoni|arthur|august|augustyn|benedykt|bernard|bogdan|bohdan|borys|bruno|carlos|charles|christian|daniel|david|dawid
|dominik|donald|edmund|edward|emil|eric|fabian|ferdynand|felix|filip|florian|francis|franciszek|frank|franz|fryderyk|gabriel|gary|george|georg|gerard|gerhard|gustaw
|hans|heinz|henri|henry|hubert|hugo|ignacy|igor|ivan|jack|jacob|jakub|james|jan|janusz|jason|jacek|jerzy|joachim|johann|john|jonas|jonathan|jose|josef|joseph
|juan|julian|kacper|kamil|karl|karol|kevin|klaus|klemens|konrad|kornel|lars|lech|leon|leonard|leszek|louis|lucas|lukas|ludwik|luis|marc|marcel|marek|marian
|mario|mark|markus|martin|matteo|max|michael|michal|milan|milosz|mikolaj|natan|nikodem|norbert|oliver|oskar|oscar|pascal|patrick|paul|pavel|pawel|peter|philip|philipp|pierre
|przybyslaw|radek|ralph|raul|ricardo|richard|robert|roman|ronald|ryan|samuel|scott|sebastian|seweryn|simon|stefan|stephen|steven|sven|szczepan|szymon|taras|teodor|thomas
|tobias|tomas|urban|victor|vincent|viktor|wiktor|walenty|walter|werner|wilhelm|william|wincenty|wit|witold|wolfgang|xavier|zenon|zygmunt|роман|тарас|богдан|іван|иван
|rosa|ola|pola|kaja|kinga|kalina|maja|ida|nina|lena|carla|laura|paula|carol|jean|jane|joan|dirk|lea|marion|marie|max|ruth|vera|claire|pilar|carmen|roza|iga|sara|tola|jana
`

const givenNames = listOf(words)
const doubtfulNames = listOf(alsoLastNames)

/** Whether the word, however it is written, is a given name that is known. */
export function isGivenName(word: string): boolean {
  return givenNames.has(foldText(word))
}

/** Whether the word is a given name and hardly anybody's last name. */
export function isOnlyGivenName(word: string): boolean {
  const folded = foldText(word)
  return givenNames.has(folded) && !doubtfulNames.has(folded)
}

function listOf(names: string): ReadonlySet<string> {
  return new Set(names.split('|').map(foldText).filter(Boolean))
}
