import type { StaffProduct } from '@penstock/domain/product';
import { useMemo, useState } from 'react';
import { HttpError, TextInput } from 'react-admin';
import { resolverOf } from '#forms/form-faults.ts';
import { OfficeForm } from '#forms/office-form.tsx';
import { ChangedMeanwhile } from '#products/changed-meanwhile.tsx';
import { ComparePanel } from '#products/compare-panel.tsx';
import { EditToolbar } from '#products/edit-toolbar.tsx';
import { keepText, ProductFields } from '#products/product-fields.tsx';
import { editFaults, type ProductForm, productField, productLabel, toEdit } from '#products/product-form.ts';
import { StockNow } from '#products/stock-now.tsx';
import { compareThreeWays } from '#products/three-way.ts';

/**
 * The form of a product. It begins from the record as it was, and keeps to it: sales and others' saves move the live record
 * beside it, never what is typed. `base` is the state that a save rests on (E1); only a person moves it on.
 */
export const EditForm = ({ live }: { readonly live: StaffProduct }) => {
  const [record, setRecord] = useState(live);
  const [base, setBase] = useState(live);
  const [theirs, setTheirs] = useState<StaffProduct | undefined>();
  const resolver = useMemo(() => resolverOf((form: ProductForm) => editFaults(form, base)), [base]);

  const begin = (from: StaffProduct) => {
    setRecord(from);
    setBase(from);
  };
  /** What is typed rests on an act of this page only if nobody's edit hides in its answer: that is compared first. */
  const followOwnAct = (product: StaffProduct) => {
    if (compareThreeWays(base, base, product).length === 0) setBase(product);
  };
  const conflict = (fault: unknown): string | undefined => {
    const current = fault instanceof HttpError && fault.status === 409 ? currentOf(fault) : undefined;
    if (current === undefined) return undefined;
    setTheirs(current);
    return 'Somebody else saved this product meanwhile. Decide below, then save again.';
  };

  return (
    <OfficeForm
      record={record}
      resolver={resolver}
      toBody={(form: ProductForm) => toEdit(form, base)}
      fieldOf={productField}
      labelOf={productLabel}
      onRefusal={conflict}
      toolbar={<EditToolbar live={live} onOwnChange={followOwnAct} />}
      after={
        theirs !== undefined && (
          <ComparePanel
            key={theirs.version}
            began={base}
            theirs={theirs}
            onDecided={() => {
              setBase(theirs);
              setTheirs(undefined);
            }}
            onClose={() => setTheirs(undefined)}
          />
        )
      }
    >
      {theirs === undefined && <ChangedMeanwhile live={live} base={base} onFollow={begin} onCompare={setTheirs} />}
      <StockNow product={live} />
      <ProductFields />
      <TextInput
        source="stockChange.delta"
        label="Change the stock by"
        helperText="5 adds five, -2 takes two away."
        inputMode="text"
        autoComplete="off"
        parse={keepText}
      />
      <TextInput
        source="stockChange.reason"
        label="Reason of the stock change"
        helperText="Needed when the stock changes."
        parse={keepText}
      />
    </OfficeForm>
  );
};

const currentOf = ({ body }: HttpError): StaffProduct | undefined =>
  (body as { readonly current?: StaffProduct } | undefined)?.current;
