// List of functions: a table to search, sort and open, and the buttons that add, import and export.

import { useState } from 'react';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { ChoiceTable } from '../../components/choice-table.tsx';
import type { TableOrder } from '../../components/choice-table.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SearchBox } from '../../components/fields.tsx';
import { count, duration, shortMoment } from '../../text/figures.ts';
import { isUnsaved } from '../../store/draft.ts';
import { deployExample } from './formulas.ts';
import { foundFunctions } from './function-rows.ts';
import { FUNCTION_COLUMNS, functionRows, sortedRows } from './function-rows.ts';
import type { FunctionColumn, FunctionRow } from './function-rows.ts';
import { goTo } from '../../store/route.ts';
import { EDITOR, useAuthoring } from '../../store/use-authoring.ts';
import { useCopy } from '../../store/use-copy.ts';
import { usePage, useProgram, useServerUrl } from '../../store/use-page.ts';
import { FUNCTION_WORDS as words } from './words.ts';
import { EDITOR_WORDS } from './editor/words.ts';
import { DeployModels } from './deploy-models.tsx';
import { NewButton } from './editor/new-function.tsx';
import { StatusBadge } from './function-head.tsx';
import { ExportPanel } from './transfer/export-panel.tsx';
import { ImportButton, ImportPanel } from './transfer/import-panel.tsx';
import './function-list.css';

const FIGURES: ReadonlySet<FunctionColumn> = new Set(['version', 'calls', 'p95']);

export function FunctionList() {
  const functions = usePage((page) => page.functions);
  const importFile = useAuthoring((authoring) => authoring.importFile);
  const [search, setSearch] = useState('');
  const [isExporting, setExporting] = useState(false);
  const isEmpty = functions.length === 0;
  return (
    <>
      <div className="tool-bar">
        {!isEmpty && <SearchBox label={words.search} placeholder={words.search} value={search} onChange={setSearch} />}
        <div className="tool-bar__end">
          {!isEmpty && <DeployModels />}
          <ImportButton />
          {!isEmpty && (
            <Button icon="out" onPress={() => setExporting(!isExporting)}>
              {words.exportAll}
            </Button>
          )}
          <NewButton />
        </div>
      </div>
      <Unsaved />
      {importFile && <ImportPanel key={importFile.name} file={importFile} />}
      {isExporting && !isEmpty && <ExportPanel functions={functions} onClose={() => setExporting(false)} />}
      {isEmpty ? <NoFunctions /> : <FunctionTable search={search} />}
    </>
  );
}

function FunctionTable({ search }: { readonly search: string }) {
  const functions = usePage((page) => page.functions);
  const figures = usePage((page) => page.figures);
  const [order, setOrder] = useState<TableOrder>({ column: 'name', isDescending: false });
  const column = FUNCTION_COLUMNS.find((one) => one === order.column) ?? 'name';
  const rows = sortedRows(functionRows(foundFunctions(functions, search), figures), column, order.isDescending);
  return (
    <ChoiceTable
      label={words.list}
      look="functions"
      columns={FUNCTION_COLUMNS.map((id) => ({
        id,
        title: words.columns[id],
        look: FIGURES.has(id) ? ('figure' as const) : ('text' as const),
      }))}
      rows={rows.map((row) => ({ id: row.endpoint.name, cells: cellsOf(row) }))}
      order={order}
      onOrder={setOrder}
      onOpen={(id) => goTo('functions', id)}
      nothing={words.nothingFound}
    />
  );
}

function cellsOf({ endpoint, figures }: FunctionRow) {
  const { name, description, status, version, isPublic, lastModifiedTime, target } = endpoint;
  const about = target === null ? description : words.alias(target);
  return [
    <span className="functions__name">
      <span className="code">{name}</span>
      {about && <span className="functions__about small soft">{about}</span>}
    </span>,
    <StatusBadge status={status} />,
    count(version),
    figures === null ? <Never /> : count(figures.calls),
    figures === null ? <Never /> : duration(figures.p95Ms),
    isPublic ? words.yes : <span className="faint">{words.no}</span>,
    shortMoment(lastModifiedTime * 1000, Date.now()),
  ];
}

function Never() {
  return (
    <span className="faint" title={words.neverCalled}>
      –
    </span>
  );
}

/** The draft that is not deployed yet. */
function Unsaved() {
  const draft = useAuthoring((authoring) => authoring.draft);
  const { authoring } = useProgram();
  if (draft === null || !isUnsaved(draft)) return null;
  return (
    <Banner
      tone="info"
      actions={
        <>
          <Button onPress={() => goTo('functions', EDITOR)}>{EDITOR_WORDS.continue}</Button>
          <Button look="quiet" onPress={() => authoring.change({ leaving: true })}>
            {EDITOR_WORDS.discard}
          </Button>
        </>
      }
    >
      {EDITOR_WORDS.unsaved(draft.name || EDITOR_WORDS.unnamed)}
    </Banner>
  );
}

function NoFunctions() {
  const copy = useCopy();
  const url = useServerUrl();
  return (
    <div className="functions__none">
      <EmptyState icon="functions" title={words.emptyTitle}>
        <p>{words.empty}</p>
        <div className="functions__example">
          <CodeBlock text={deployExample(url)} copyLabel={words.copyExample} onCopy={copy} />
        </div>
        <p>{words.orModels}</p>
        <DeployModels />
      </EmptyState>
    </div>
  );
}
