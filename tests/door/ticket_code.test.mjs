// The phone reads codes as the server does (outreach/formats/short_code.py): same alphabet, check, look-alikes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ALPHABET, grouped, readCode } from "../../static/checkin/ticket_code.js";

const vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url)));
const ticket = vectors.tickets[3].code;

test("the alphabet is the server's", () => assert.equal(ALPHABET, vectors.alphabet));

test("each ticket and each invitation of the server is read as what it is", () => {
  for (const { code } of vectors.tickets) assert.deepEqual(readCode(code), { kind: "ticket", code });
  for (const code of vectors.invitations) assert.deepEqual(readCode(code), { kind: "invitation", code });
});

test("spelling does not matter: case, dashes, spaces, link, capitals of a QR", () => {
  const spellings = [
    ticket.toLowerCase(), grouped(ticket), ` ${grouped(ticket).replaceAll("-", " ")} `, `HTTPS://MODUM.EXAMPLE/BILLETT/${ticket}`,
    `https://modum.example/sti/billett/${ticket}`, `http://localhost:8000/billett/${grouped(ticket)}`,
  ];
  for (const text of spellings) assert.deepEqual(readCode(text), { kind: "ticket", code: ticket }, text);
});

test("look-alikes are read as ours", () => {
  const swapped = ticket.replaceAll("5", "S").replaceAll("2", "Z").replaceAll("8", "B").replaceAll("6", "G").replaceAll("4", "A");
  assert.equal(readCode(swapped).code, ticket);
});

test("each single wrong character and each swap of neighbours is caught", () => {
  for (let at = 0; at < ticket.length; at += 1) {
    for (const char of ALPHABET) {
      if (char === ticket[at]) continue;
      assert.equal(readCode(ticket.slice(0, at) + char + ticket.slice(at + 1)).kind, "mistyped");
    }
    if (at && ticket[at] !== ticket[at - 1]) {
      const swapped = ticket.slice(0, at - 1) + ticket[at] + ticket[at - 1] + ticket.slice(at + 1);
      assert.equal(readCode(swapped).kind, "mistyped");
    }
  }
});

test("what is not ours is foreign, what is nearly ours is mistyped", () => {
  for (const text of ["https://andre.example/meny", "WIFI:S:Kafe;T:WPA;P:hemmelig;;", "BEGIN:VCARD FN:Ola Nordmann END:VCARD"]) {
    assert.equal(readCode(text).kind, "foreign", text);
  }
  for (const text of ["", "x", "1234", ticket.slice(1), `${ticket}2`]) assert.equal(readCode(text).kind, "mistyped", text);
});

test("a link to our pages with a wrong code is not ours", () => {
  assert.equal(readCode(`https://modum.example/billett/${ticket.slice(1)}`).kind, "foreign");
});

test("of a text without end only the beginning is read", () => {
  const long = "/billett/".repeat(100_000);
  const endless = { slice: (from, to) => long.slice(from, to), toString: () => assert.fail("read to its end") };
  assert.equal(readCode(endless).kind, "foreign");
  assert.equal(readCode(long).kind, "foreign");
});
