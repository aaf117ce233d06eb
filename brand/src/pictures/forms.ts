import type { CatalogueProduct, Form } from '#catalogue';
import { gear } from '#pictures/gear';
import { packs } from '#pictures/packs';
import { sizeOf } from '#pictures/paint';
import type { Draw, Paint, Vessel } from '#pictures/vessel';
import { ware } from '#pictures/ware';

const drawings: Readonly<Record<Form, Draw>> = { ...packs, ...gear, ...ware };

/** Draws a form standing on the ground line, light from top left. */
export const drawForm = (form: Form, paint: Paint, size = 1): Vessel => drawings[form](paint, size);

/** The form of a product: the one that is named, else the template's own. */
export const formOf = ({ form, template }: Pick<CatalogueProduct, 'form' | 'template'>): Form => form ?? template;

/** A product as the front picture shows it. */
export const drawVessel = (product: CatalogueProduct, paint: Paint): Vessel =>
  drawForm(formOf(product), paint, isPack(formOf(product)) ? sizeOf(product) : 1);

/** Whether it is sold filled, with a label. */
export const isPack = (form: Form): boolean => form in packs;
