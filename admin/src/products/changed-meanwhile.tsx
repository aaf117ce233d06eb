import { Alert, Button } from '@mui/material';
import type { StaffProduct } from '@penstock/domain/product';
import { useEffect } from 'react';
import { useFormState } from 'react-hook-form';
import { lastEditText } from '#products/last-edit.ts';

type ChangedMeanwhileProps = {
  readonly live: StaffProduct;
  /** The state that a save rests on. */
  readonly base: StaffProduct;
  /** Nothing is typed: the form may begin from what is stored now. */
  readonly onFollow: (live: StaffProduct) => void;
  readonly onCompare: (live: StaffProduct) => void;
};

/** Says that somebody saved this product while it was open here. A sale moves the stock, not the version, and says nothing. */
export const ChangedMeanwhile = ({ live, base, onFollow, onCompare }: ChangedMeanwhileProps) => {
  const { isDirty, isSubmitting } = useFormState();
  const hasMoved = live.version > base.version;

  useEffect(() => {
    if (hasMoved && !isDirty && !isSubmitting) onFollow(live);
  });

  if (!hasMoved || !isDirty || isSubmitting) return null;
  return (
    <Alert
      severity="info"
      role="status"
      sx={{ width: '100%', mb: 2 }}
      action={
        <Button color="inherit" size="small" onClick={() => onCompare(live)}>
          Compare
        </Button>
      }
    >
      Changed meanwhile. {lastEditText(live)} What you typed is kept.
    </Alert>
  );
};
