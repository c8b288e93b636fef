"""Delivery reports in the shapes that mail servers give them; made up by us, about made-up addresses."""

HOST = "modum.example"

_POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mx.modum.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: retur@modum.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4F1A32.1764/mx.modum.example"
Message-Id: <20261102120000.4F1A32@mx.modum.example>

This is a MIME-encapsulated message.

--4F1A32.1764/mx.modum.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

<guest@gjest.example>: host mx.gjest.example[192.0.2.7] said: {diagnostic} (in reply to RCPT TO command)

--4F1A32.1764/mx.modum.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.modum.example
X-Postfix-Queue-ID: 4F1A32
Arrival-Date: Mon,  2 Nov 2026 12:00:00 +0100 (CET)

Final-Recipient: rfc822; guest@gjest.example
Original-Recipient: rfc822;guest@gjest.example
Action: {action}
Status: {status}
Remote-MTA: dns; mx.gjest.example
Diagnostic-Code: smtp; {diagnostic}

--4F1A32.1764/mx.modum.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <retur@modum.example>
Message-ID: {message_id}
Subject: Velkommen til Modum

--4F1A32.1764/mx.modum.example--
"""

_EXCHANGE = """\
Received: from EX1.gjest.example (10.0.0.4) by EX2.gjest.example with HTTPS
From: Microsoft Outlook <MicrosoftExchange329e71ec@gjest.example>
To: <retur@modum.example>
Subject: =?utf-8?B?S2FuIGlra2UgbGV2ZXJlczogVmVsa29tbWVu?=
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="_000_ex_"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: nb-NO
In-Reply-To: {message_id}
References: {message_id}
MIME-Version: 1.0

--_000_ex_
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="_001_ex_"

--_001_ex_
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

RGVubmUgbWVsZGluZ2VuIGt1bm5lIGlra2UgbGV2ZXJlcy4=

--_001_ex_
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><body><p>Denne meldingen kunne ikke leveres.</p></body></html>

--_001_ex_--

--_000_ex_
Content-Type: message/delivery-status

Reporting-MTA: dns;EX1.gjest.example

Original-recipient: rfc822;guest@gjest.example
Final-recipient: rfc822;guest@gjest.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp;{diagnostic}
X-Display-Name: guest@gjest.example

--_000_ex_
Content-Type: message/rfc822

Received: from mx.modum.example by EX1.gjest.example; Mon, 2 Nov 2026 12:00:00 +0100
From: Modum kommune <treffpunkt@modum.example>
Message-ID: {message_id}
Content-Type: multipart/mixed; boundary="===of-the-mail=="

--===of-the-mail==
Content-Type: text/plain

Message-ID: <1@of-no-header.example>
{filling}
--===of-the-mail==--

--_000_ex_--
"""

_GMAIL = """\
From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
To: retur@modum.example
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {message_id}
In-Reply-To: {message_id}
X-Failed-Recipients: guest@gjest.example
Content-Type: multipart/report; boundary="000000000000a1b2c3"; report-type=delivery-status

--000000000000a1b2c3
Content-Type: multipart/related; boundary="000000000000d4e5f6"

--000000000000d4e5f6
Content-Type: multipart/alternative; boundary="000000000000778899"

--000000000000778899
Content-Type: text/plain; charset="UTF-8"

** Address not found **

--000000000000778899
Content-Type: text/html; charset="UTF-8"

<html lang="en"><body><img src="cid:icon.png" alt="Error Icon"></body></html>

--000000000000778899--
--000000000000d4e5f6
Content-Type: image/png; name="icon.png"
Content-Transfer-Encoding: base64
Content-ID: <icon.png>

{filling}
--000000000000d4e5f6--
--000000000000a1b2c3
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.example
Received-From-MTA: dns; treffpunkt@modum.example
Arrival-Date: Mon, 02 Nov 2026 03:00:00 -0800 (PST)
X-Original-Message-ID: {message_id}

Final-Recipient: rfc822; guest@gjest.example
Action: {action}
Status: {status}
Remote-MTA: dns; gmail-smtp-in.l.googlemail.example. (192.0.2.26, the server for the domain.)
Diagnostic-Code: smtp; {diagnostic}
Last-Attempt-Date: Mon, 02 Nov 2026 03:00:01 -0800 (PST)

--000000000000a1b2c3
Content-Type: message/rfc822

Message-ID:
 {message_id}
Subject: Velkommen til Modum

----- Message truncated -----

--000000000000a1b2c3--
"""

SHAPES = {"postfix": _POSTFIX, "exchange": _EXCHANGE, "gmail": _GMAIL}


def report(shape: str, row_id: int, **values: str) -> bytes:
    """Return a report about the outbox row; `filling` makes it long. CRLF, as on the wire."""
    usual = {
        "message_id": f"<{row_id}@{HOST}>",
        "action": "failed",
        "status": "5.1.1",
        "diagnostic": "550 5.1.1 <guest@gjest.example>: user unknown",
        "filling": "aWtvbg==",
    }
    return SHAPES[shape].format(**{**usual, **values}).replace("\n", "\r\n").encode()
