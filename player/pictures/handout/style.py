"""The style of the page. It sets margins but no size, so it fits both A4 and Letter."""

from __future__ import annotations

STYLE = """
@page { margin: 11mm 13mm; }
* { box-sizing: border-box; margin: 0; padding: 0; }
body { font: 10.2pt/1.36 "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; color: #22262c;
  max-width: 186mm; margin: 0 auto; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
@media screen { body { padding: 10mm 5mm; overflow-wrap: anywhere; } }
header { border-bottom: 1.2mm solid #d2571a; padding-bottom: 2.5mm; margin-bottom: 3.5mm; }
h1 { font-size: 21pt; line-height: 1.15; letter-spacing: -0.01em; }
.facts { margin-top: 1.2mm; color: #3a434d; }
article { display: grid; grid-template-columns: 47mm 1fr; gap: 6mm; align-items: center;
  break-inside: avoid; border-bottom: 0.25mm solid #d5dbe1; padding: 2.6mm 0; }
article img { width: 47mm; display: block; }
article.around { grid-template-columns: 32mm 1fr; }
article.around img { width: 32mm; }
h2 { font-size: 12.5pt; line-height: 1.25; }
.n { display: inline-block; min-width: 6mm; height: 6mm; line-height: 6mm; margin-right: 2mm;
  border-radius: 3mm; background: #27333f; color: #fff; text-align: center; font-size: 10pt; }
.dose { font-weight: 600; color: #b4450f; }
.time { color: #b4450f; font-size: 9pt; margin-left: 1mm; white-space: nowrap; }
.start { color: #3a434d; }
ol { padding-left: 5mm; }
.caution { font-weight: 600; }
.caution::before { content: "!"; display: inline-block; width: 4.2mm; height: 4.2mm; line-height: 4.2mm;
  margin-right: 1.6mm; border-radius: 50%; background: #d2571a; color: #fff; text-align: center;
  font-size: 9pt; }
.hints { color: #5b6470; font-size: 9.2pt; }
.breathe { padding: 2.6mm 0; }
.weeks, .safety { break-inside: avoid; margin-top: 4mm; }
table { width: 100%; border-collapse: collapse; margin-top: 1.5mm; table-layout: fixed; }
th, td { border: 0.25mm solid #aab4be; height: 7.6mm; text-align: center; font-weight: 600; font-size: 9pt; }
tr:first-child > * { height: 5.5mm; border-width: 0 0 0.25mm; }
td i { display: inline-block; width: 4mm; height: 4mm; border: 0.35mm solid #5b6470; border-radius: 0.6mm;
  margin: 0 0.8mm; vertical-align: middle; }
.safety ul { columns: 2; column-gap: 8mm; padding-left: 4.5mm; font-size: 9.4pt; margin-top: 1mm; }
.safety li { break-inside: avoid; }
@media screen and (max-width: 40em) {
  article, article.around { grid-template-columns: 1fr; gap: 2mm; }
  td i { margin: 0.4mm; }
  .safety ul { columns: 1; }
}
"""
