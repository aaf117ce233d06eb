import { Alert, AlertTitle, Box, Button, FormControlLabel, Radio, RadioGroup, Stack, Typography } from '@mui/material';
import type { StaffProduct } from '@penstock/domain/product';
import { useEffect, useRef, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { lastEditText } from '#products/last-edit.ts';
import type { ProductForm } from '#products/product-form.ts';
import { compareThreeWays, type Difference } from '#products/three-way.ts';

type ComparePanelProps = {
  /** What both began from. */
  readonly began: StaffProduct;
  readonly theirs: StaffProduct;
  /** The form now rests on theirs. */
  readonly onDecided: () => void;
  readonly onClose: () => void;
};

type Side = 'mine' | 'theirs';

/** Somebody else saved meanwhile: what both began from, mine and theirs, and a choice for each field that they changed. */
export const ComparePanel = ({ began, theirs, onDecided, onClose }: ComparePanelProps) => {
  const { getValues, setValue } = useFormContext();
  const [rows] = useState(() => compareThreeWays(began, getValues() as ProductForm, theirs));
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({});
  const panel = useRef<HTMLDivElement>(null);

  useEffect(() => {
    panel.current?.scrollIntoView({ block: 'nearest' });
    panel.current?.focus();
  }, []);

  const sideOf = ({ field, isDisputed }: Difference): Side => chosen[field] ?? (isDisputed ? 'mine' : 'theirs');
  const decide = () => {
    for (const row of rows)
      if (sideOf(row) === 'theirs') setValue(row.field, storedValue(theirs, row.field), { shouldDirty: true });
    onDecided();
  };

  return (
    <Alert
      severity="warning"
      ref={panel}
      tabIndex={-1}
      aria-label="Changed by someone else"
      sx={{ width: '100%', mt: 2 }}
    >
      <AlertTitle>Changed by someone else</AlertTitle>
      <Typography variant="body2">
        {lastEditText(theirs)} Nothing of yours is lost, and nothing was saved.
        {theirs.archived !== began.archived && (theirs.archived ? ' It was archived.' : ' It was put back on sale.')}
        {rows.length === 0 && ' No field of this form differs from what was saved.'}
      </Typography>
      <Stack spacing={2} sx={{ my: 2 }}>
        {rows.map((row) => (
          <RadioGroup
            key={row.field}
            aria-label={row.label}
            value={sideOf(row)}
            onChange={(_, side) => setChosen((before) => ({ ...before, [row.field]: side as Side }))}
          >
            <Typography variant="subtitle2" component="h3">
              {row.label}
            </Typography>
            <Words label="Before" text={row.began} />
            <FormControlLabel
              value="mine"
              control={<Radio size="small" />}
              label={<Words label="Mine" text={row.mine} />}
            />
            <FormControlLabel
              value="theirs"
              control={<Radio size="small" />}
              label={<Words label="Theirs" text={row.theirs} />}
            />
          </RadioGroup>
        ))}
      </Stack>
      <Stack direction="row" spacing={1}>
        <Button size="small" variant="contained" onClick={decide}>
          Use these
        </Button>
        <Button size="small" variant="outlined" onClick={onClose}>
          Decide later
        </Button>
      </Stack>
    </Alert>
  );
};

const Words = ({ label, text }: { readonly label: string; readonly text: string }) => (
  <Box component="span" sx={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
    {label}: {text === '' ? 'nothing' : text}
  </Box>
);

const storedValue = (product: StaffProduct, field: Difference['field']): unknown =>
  field === 'price.amountMinor' ? product.price.amountMinor : product[field];
