import { Box, IconButton, Stack } from '@mui/material';
import { useEffect, useState } from 'react';
import { TextInput } from 'react-admin';
import { type FormPicture, isNewPicture } from '#pictures/upload.ts';

type PictureRowProps = {
  readonly picture: FormPicture;
  readonly index: number;
  readonly onForward?: () => void;
  readonly onRemove: () => void;
};

/** A picture of the form with the words for those who do not see it. The first is the one that lists show. */
export const PictureRow = ({ picture, index, onForward, onRemove }: PictureRowProps) => (
  <Stack direction="row" spacing={1} sx={{ alignItems: 'center' }}>
    <Preview picture={picture} />
    <TextInput
      source={`images.${index}.alt`}
      label={`Picture ${index + 1}: what it shows`}
      helperText={false}
      parse={(text: string) => text}
    />
    <IconButton aria-label={`Move picture ${index + 1} forward`} disabled={onForward === undefined} onClick={onForward}>
      ↑
    </IconButton>
    <IconButton aria-label={`Remove picture ${index + 1}`} onClick={onRemove}>
      ×
    </IconButton>
  </Stack>
);

const Preview = ({ picture }: { readonly picture: FormPicture }) => {
  const src = usePreview(picture);
  return src === undefined ? null : (
    <Box component="img" src={src} alt="" sx={{ width: 72, height: 72, objectFit: 'cover', flex: 'none' }} />
  );
};

/** Where a picture is seen from. A file of this machine gets an address for as long as its row stands. */
const usePreview = (picture: FormPicture): string | undefined => {
  const file = isNewPicture(picture) ? picture.file : undefined;
  const [preview, setPreview] = useState<string | undefined>();
  useEffect(() => {
    if (file === undefined) return undefined;
    const url = URL.createObjectURL(file);
    setPreview(url);
    return () => URL.revokeObjectURL(url);
  }, [file]);
  return isNewPicture(picture) ? preview : picture.src;
};
