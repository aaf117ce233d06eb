import { Button } from '@mui/material';
import { lazy, Suspense, useState } from 'react';
import { readStaffName } from '#staff-name/staff-name.ts';

const StaffNameDialog = lazy(async () => ({
  default: (await import('#staff-name/staff-name-dialog.tsx')).StaffNameDialog,
}));

/** The name that writes carry, changed where it stands: none is forgotten before there is another. */
export const StaffNameButton = () => {
  const [name, setName] = useState(readStaffName);
  const [isOpen, setOpen] = useState(false);
  const keep = () => {
    setName(readStaffName());
    setOpen(false);
  };
  return (
    <>
      <Button color="inherit" size="small" onClick={() => setOpen(true)} aria-label={`${name}, change the name`}>
        {name}
      </Button>
      {isOpen && (
        <Suspense>
          <StaffNameDialog name={name} onChanged={keep} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
};
