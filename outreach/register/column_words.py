"""What fields, kinds of file and stages of an upload are called on a page: bokmål source texts. Pure."""

from outreach.errors import N_
from outreach.register.formats.looking import Recognition
from outreach.register.stages import MappingOrigin, Stage

FIELD_WORDS = {
    "national_id": N_("Fødselsnummer"),
    "family_name": N_("Etternavn"),
    "given_name": N_("Fornavn"),
    "middle_name": N_("Mellomnavn"),
    "name": N_("Navn"),
    "birth_date": N_("Fødselsdato"),
    "street_address": N_("Gateadresse"),
    "dwelling_number": N_("Bolignummer"),
    "care_of": N_("c/o"),
    "address_line_1": N_("Adresselinje 1"),
    "address_line_2": N_("Adresselinje 2"),
    "address_line_3": N_("Adresselinje 3"),
    "postcode": N_("Postnummer"),
    "place": N_("Poststed"),
    "municipality": N_("Kommune"),
    "moved_on": N_("Flyttedato"),
    "previous_municipality": N_("Flyttet fra kommune"),
    "previous_country": N_("Flyttet fra land"),
    "status": N_("Personstatus"),
    "grading": N_("Gradering"),
}
KIND_WORDS = {
    "freg": N_("Persondokumenter fra Folkeregisteret"),
    "csv": N_("Tabell i tekstfil (CSV)"),
    "xlsx": N_("Regneark (XLSX)"),
    "feed": N_("Hendelser fra Folkeregisteret"),
}
STAGE_WORDS = {
    Stage.COLUMNS: N_("Vi trenger hjelp med kolonnene"),
    Stage.CHECKING: N_("Blir lest nå"),
    Stage.WAITING: N_("Klart til å bli sett over"),
    Stage.ACCEPTING: N_("Blir tatt i bruk nå"),
    Stage.UNUSABLE: N_("Kan ikke brukes"),
}
WHY_WORDS = {
    Recognition.CHOSEN: N_("Valgt av dere"),
    Recognition.HEADER: N_("Kjent igjen på overskriften"),
    Recognition.CONTENT: N_("Gjettet ut fra innholdet"),
    Recognition.DIVIDED: N_("Overskriften dekker flere kolonner. Se om delingen er riktig."),
    Recognition.NONE: N_("Ikke kjent igjen"),
}
ORIGIN_WORDS = {
    MappingOrigin.RECOGNISED: N_("Kjent igjen av oss"),
    MappingOrigin.REMEMBERED: N_("Slik dere valgte sist, for en fil med de samme overskriftene"),
    MappingOrigin.CHOSEN: N_("Valgt for denne filen"),
}
