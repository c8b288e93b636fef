"""What the fields of a table and the counts of an import are called on a page: bokmål source texts. Pure."""

from outreach.errors import N_

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
}
