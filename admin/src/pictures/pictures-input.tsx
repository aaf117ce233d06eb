import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { type ChangeEvent, useRef, useState } from 'react';
import { useFieldArray } from 'react-hook-form';
import { acceptedTypes, acceptFiles } from '#pictures/accept-files.ts';
import { PictureRow } from '#pictures/picture-row.tsx';
import { useUploadProgress } from '#pictures/progress.ts';
import type { FormPicture } from '#pictures/upload.ts';

type Pictures = { readonly images: FormPicture[] };

/** The pictures of a product: what is stored, what is about to be. A file that is refused leaves the others alone. */
export const PicturesInput = ({ defaultAlt }: { readonly defaultAlt: string }) => {
  const { fields, append, remove, swap } = useFieldArray<Pictures, 'images'>({ name: 'images' });
  const [faults, setFaults] = useState<readonly string[]>([]);
  const chooser = useRef<HTMLInputElement>(null);

  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const chosen = acceptFiles([...(target.files ?? [])], fields.length);
    target.value = '';
    setFaults(chosen.faults);
    append(chosen.taken.map((file) => ({ file, alt: defaultAlt })));
  };

  return (
    <Stack spacing={1} sx={{ width: '100%', mb: 2 }} role="group" aria-label="Pictures">
      <Typography variant="h6" component="h2">
        Pictures
      </Typography>
      {fields.map((picture, index) => (
        <PictureRow
          key={picture.id}
          picture={picture}
          index={index}
          onRemove={() => remove(index)}
          {...(index === 0 ? {} : { onForward: () => swap(index, index - 1) })}
        />
      ))}
      <Box>
        <Button variant="outlined" size="small" onClick={() => chooser.current?.click()}>
          Add pictures
        </Button>
        <input ref={chooser} type="file" accept={acceptedTypes.join(',')} multiple hidden onChange={choose} />
      </Box>
      {faults.length > 0 && (
        <Alert severity="error">
          {faults.map((fault) => (
            <div key={fault}>{fault}</div>
          ))}
        </Alert>
      )}
      <Sending />
    </Stack>
  );
};

const Sending = () => {
  const progress = useUploadProgress();
  return (
    <Typography role="status">
      {progress === undefined ? '' : `Sent ${progress.done} of ${progress.total} pictures`}
    </Typography>
  );
};
