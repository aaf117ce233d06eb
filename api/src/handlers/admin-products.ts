import { composeAdminProducts, composeShared } from '#compose';
import {
  makeArchiveProduct,
  makeCreateProduct,
  makeEditProduct,
  makeListStaffProducts,
  makeShowStaffProduct,
} from '#flows/admin-products';
import { makeStaffApi } from '#http/staff-api';

const shared = composeShared(process.env);
const deps = composeAdminProducts(shared);

export const handler = makeStaffApi(shared, {
  'GET /products': makeListStaffProducts(deps),
  'POST /products': makeCreateProduct(deps),
  'GET /products/{id}': makeShowStaffProduct(deps),
  'PUT /products/{id}': makeEditProduct(deps),
  'DELETE /products/{id}': makeArchiveProduct(deps),
});
