import { Alert, Box, Button, IconButton, Stack, TextField, Typography } from '@mui/material';
import { limits } from '@penstock/domain/limits';
import { type ChangeEvent, useState } from 'react';
import { useInput } from 'react-admin';
import { useUploadProgress } from '#pictures/progress.ts';
import { type FormPicture, isNewPicture } from '#pictures/upload.ts';

const accepted = ['image/png', 'image/jpeg', 'image/webp', 'image/avif'];
/** The browser shrinks pictures before it sends them, so the choice may be larger than the upload. */
const chosenBytesMax = 4 * limits.uploadBytesMax;

/** The pictures of a product: what is stored, what is about to be, each with the words for those who do not see it. */
export const PicturesInput = ({ source, defaultAlt }: { readonly source: string; readonly defaultAlt: string }) => {
  const { field } = useInput<FormPicture[]>({ source, defaultValue: [] });
  const progress = useUploadProgress();
  const [fault, setFault] = useState('');
  const pictures: readonly FormPicture[] = Array.isArray(field.value) ? field.value : [];

  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    event.target.value = '';
    const refused = files.find((file) => !accepted.includes(file.type) || file.size > chosenBytesMax);
    if (refused !== undefined) {
      setFault(`${refused.name} was not taken: choose PNG, JPEG, WebP or AVIF files of at most 20 MB.`);
      return;
    }
    setFault('');
    field.onChange([
      ...pictures,
      ...files.map((file) => ({ file, preview: URL.createObjectURL(file), alt: defaultAlt })),
    ]);
  };
  const change = (index: number, picture: FormPicture) =>
    field.onChange(pictures.map((each, at) => (at === index ? picture : each)));

  return (
    <Stack spacing={1} sx={{ width: '100%', mb: 2 }}>
      <Typography variant="h6" component="h2">
        Pictures
      </Typography>
      {pictures.map((picture, index) => (
        <Stack
          direction="row"
          spacing={2}
          key={isNewPicture(picture) ? picture.preview : picture.src}
          sx={{ alignItems: 'center' }}
        >
          <Box
            component="img"
            src={isNewPicture(picture) ? picture.preview : picture.src}
            alt={picture.alt}
            sx={{ width: 72, height: 72, objectFit: 'cover' }}
          />
          <TextField
            label={`Picture ${index + 1}: what it shows`}
            size="small"
            value={picture.alt}
            onChange={(event) => change(index, { ...picture, alt: event.target.value })}
            sx={{ flex: 1 }}
          />
          <IconButton
            aria-label={`Remove picture ${index + 1}`}
            onClick={() => field.onChange(pictures.filter((_, at) => at !== index))}
          >
            ×
          </IconButton>
        </Stack>
      ))}
      <Box>
        <Button component="label" variant="outlined" size="small">
          Add pictures
          <input type="file" accept={accepted.join(',')} multiple onChange={choose} style={visuallyHidden} />
        </Button>
      </Box>
      {fault !== '' && <Alert severity="error">{fault}</Alert>}
      {progress !== undefined && (
        <Typography role="status">
          Sending picture {progress.done + 1} of {progress.total}
        </Typography>
      )}
    </Stack>
  );
};

/** Off the page but reachable by keyboard: a file input that is display:none cannot be focused. */
const visuallyHidden = { position: 'absolute', width: 1, height: 1, opacity: 0, overflow: 'hidden' } as const;
