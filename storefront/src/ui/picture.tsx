import type { Image } from '@penstock/domain/product';

type Props = {
  readonly image: Image | undefined;
  /** As the attribute of the same name: how wide the picture is shown. */
  readonly sizes: string;
  /** The picture that the page is about: loaded first. */
  readonly isFirst?: boolean;
};

/** A product's picture in the best type that the browser reads, with its box kept free while it loads. */
export const Picture = ({ image, sizes, isFirst = false }: Props) => {
  if (image === undefined) return <span className="picture picture-none" aria-hidden="true" />;
  const types = [...new Set(image.sources.map(({ type }) => type))];
  return (
    <picture className="picture">
      {types.map((type) => (
        <source key={type} type={type} sizes={sizes} srcSet={srcSetOf(image, type)} />
      ))}
      <img
        src={image.src}
        alt={image.alt}
        width={image.width}
        height={image.height}
        loading={isFirst ? 'eager' : 'lazy'}
        fetchPriority={isFirst ? 'high' : 'auto'}
        decoding="async"
      />
    </picture>
  );
};

const srcSetOf = (image: Image, wanted: string): string =>
  image.sources
    .filter(({ type }) => type === wanted)
    .map(({ src, width }) => `${src} ${width}w`)
    .join(', ');
