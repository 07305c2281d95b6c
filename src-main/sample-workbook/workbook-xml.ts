// The sample workbook as Tableau's XML (.twb, format 18.1, which every Tableau since 2018.1 opens): one data source, and
// a sheet for each field. Pure.

import { COLUMNS } from './sample-data.ts';
import { FIELDS } from './sample-fields.ts';
import type { SampleField } from './sample-fields.ts';

/** Where the archive has the data. */
export const DATA_FOLDER = 'Data/TabPy Tray sample';
export const DATA_FILE = 'sample.csv';

const SOURCE = 'federated.tabpytraysample';
const CONNECTION = 'textscan.tabpytraysample';
const CAPTION = 'TabPy Tray sample';
/** Each sheet has a row for each of them. */
const ROW = 'Customer';

export function workbookXml(): string {
  return [
    `<?xml version='1.0' encoding='utf-8' ?>`,
    `<workbook original-version='18.1' source-build='2018.1.0 (20181.18.0510.1418)' source-platform='win' version='18.1' xmlns:user='http://www.tableausoftware.com/xml/user'>`,
    `  <datasources>`,
    ...dataSource(),
    `  </datasources>`,
    `  <worksheets>`,
    ...FIELDS.flatMap(worksheet),
    `  </worksheets>`,
    `  <windows source-height='30'>`,
    ...FIELDS.flatMap(windowOf),
    `  </windows>`,
    `</workbook>`,
    '',
  ].join('\n');
}

function dataSource(): string[] {
  return [
    `    <datasource caption='${CAPTION}' inline='true' name='${SOURCE}' version='18.1'>`,
    `      <connection class='federated'>`,
    `        <named-connections>`,
    `          <named-connection caption='sample' name='${CONNECTION}'>`,
    `            <connection class='textscan' directory='${DATA_FOLDER}' filename='${DATA_FILE}' password='' server='' />`,
    `          </named-connection>`,
    `        </named-connections>`,
    `        <relation connection='${CONNECTION}' name='${DATA_FILE}' table='[${DATA_FILE.replace('.', '#')}]' type='table'>`,
    `          <columns character-set='UTF-8' header='yes' locale='en_US' separator=','>`,
    ...COLUMNS.map(
      ({ name, datatype }, index) => `            <column datatype='${datatype}' name='${name}' ordinal='${index}' />`,
    ),
    `          </columns>`,
    `        </relation>`,
    `      </connection>`,
    ...COLUMNS.map(({ name }) => `      ${plainColumn(name)}`),
    ...FIELDS.flatMap((field) => calculatedColumn(field).map((line) => `      ${line}`)),
    `    </datasource>`,
  ];
}

function plainColumn(name: string): string {
  const isNumber = COLUMNS.find((one) => one.name === name)?.datatype === 'real';
  const kind = isNumber ? `role='measure' type='quantitative'` : `role='dimension' type='nominal'`;
  return `<column datatype='${isNumber ? 'real' : 'string'}' name='[${name}]' ${kind} />`;
}

function calculatedColumn(field: SampleField): string[] {
  return [
    `<column caption='${escaped(field.caption)}' datatype='${field.datatype}' name='${nameOf(field)}' role='measure' type='${typeOf(field)}'>`,
    `  <calculation class='tableau' formula='${escaped(field.formula)}'>`,
    // Across the table: all rows of a sheet in one request.
    `    <table-calc ordering-type='Rows' />`,
    `  </calculation>`,
    `</column>`,
  ];
}

/** Rows of a sheet lie side by side, and the result is a height or a text. */
function worksheet(field: SampleField): string[] {
  const columns = [...new Set([ROW, ...field.reads])];
  const shown = `[${SOURCE}].${instanceOf(field)}`;
  const isNumber = typeOf(field) === 'quantitative';
  return [
    `    <worksheet name='${escaped(field.sheet)}'>`,
    `      <layout-options>`,
    `        <title><formatted-text><run>${escaped(field.title)}</run></formatted-text></title>`,
    `      </layout-options>`,
    `      <table>`,
    `        <view>`,
    `          <datasources>`,
    `            <datasource caption='${CAPTION}' name='${SOURCE}' />`,
    `          </datasources>`,
    `          <datasource-dependencies datasource='${SOURCE}'>`,
    ...columns.map((name) => `            ${plainColumn(name)}`),
    ...calculatedColumn(field).map((line) => `            ${line}`),
    `            <column-instance column='[${ROW}]' derivation='None' name='[none:${ROW}:nk]' pivot='key' type='nominal' />`,
    `            <column-instance column='${nameOf(field)}' derivation='User' name='${instanceOf(field)}' pivot='key' type='${typeOf(field)}'>`,
    `              <table-calc ordering-type='Rows' />`,
    `            </column-instance>`,
    `          </datasource-dependencies>`,
    `          <aggregation value='true' />`,
    `        </view>`,
    `        <style />`,
    `        <panes>`,
    `          <pane selection-relaxation-option='selection-relaxation-allow'>`,
    `            <view><breakdown value='auto' /></view>`,
    `            <mark class='${isNumber ? 'Bar' : 'Text'}' />`,
    `            <encodings><text column='${shown}' /></encodings>`,
    ...(isNumber
      ? [
          `            <style><style-rule element='mark'><format attr='mark-labels-show' value='true' /></style-rule></style>`,
        ]
      : []),
    `          </pane>`,
    `        </panes>`,
    isNumber ? `        <rows>${shown}</rows>` : `        <rows />`,
    `        <cols>[${SOURCE}].[none:${ROW}:nk]</cols>`,
    `      </table>`,
    `    </worksheet>`,
  ];
}

function windowOf({ sheet }: SampleField, index: number): string[] {
  return [
    `    <window class='worksheet'${index === 0 ? " maximized='true'" : ''} name='${escaped(sheet)}'>`,
    `      <cards>`,
    `        <edge name='left'>`,
    `          <strip size='160'><card type='pages' /><card type='filters' /><card type='marks' /></strip>`,
    `        </edge>`,
    `        <edge name='top'>`,
    `          <strip size='2147483647'><card type='columns' /></strip>`,
    `          <strip size='2147483647'><card type='rows' /></strip>`,
    `          <strip size='31'><card type='title' /></strip>`,
    `        </edge>`,
    `      </cards>`,
    `    </window>`,
  ];
}

function nameOf(field: SampleField): string {
  return `[Calculation_${FIELDS.indexOf(field) + 1}]`;
}

function instanceOf(field: SampleField): string {
  return `[usr:Calculation_${FIELDS.indexOf(field) + 1}:${typeOf(field) === 'quantitative' ? 'qk' : 'nk'}]`;
}

function typeOf({ datatype }: SampleField): 'quantitative' | 'nominal' {
  return datatype === 'real' || datatype === 'integer' ? 'quantitative' : 'nominal';
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll("'", '&apos;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
