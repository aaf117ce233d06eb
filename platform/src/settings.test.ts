import { describe, expect, it } from 'vitest';
import { readSettings, SettingsInvalid } from '#settings';

const environment = {
  ENVIRONMENT: 'local',
  QUEUE_URL_BASE: 'http://127.0.0.1:9324/000000000000/',
  IMAGES_BUCKET: 'images',
  SECRET_PREFIX: '/penstock/local/',
  CURRENCY: 'GBP',
  STAFF_NETWORKS: '127.0.0.1/32, 10.0.0.0/8',
  ADMIN_ORIGINS: 'http://127.0.0.1:4101',
  SHOP_ORIGINS: '',
};

describe('settings', () => {
  it('read lists, names and addresses', () => {
    const settings = readSettings({ ...environment, NAME_PREFIX: 'penstock-dev-' });
    expect(settings.staffNetworks).toEqual(['127.0.0.1/32', '10.0.0.0/8']);
    expect(settings.shopOrigins).toEqual([]);
    expect(settings.tableName('orders')).toBe('penstock-dev-orders');
    expect(settings.queueUrl('moves.fifo')).toBe('http://127.0.0.1:9324/000000000000/moves.fifo');
  });

  it('name every variable that is wrong', () => {
    const broken = () => readSettings({ ...environment, CURRENCY: 'pounds', IMAGES_BUCKET: undefined });
    expect(broken).toThrow(SettingsInvalid);
    expect(broken).toThrow(/IMAGES_BUCKET[\s\S]*CURRENCY|CURRENCY[\s\S]*IMAGES_BUCKET/);
  });

  it('take another write path than ours on the one-machine cloud alone', () => {
    expect(readSettings(environment).writePath).toBe('penstock');
    expect(readSettings({ ...environment, WRITE_PATH: 'direct' }).writePath).toBe('direct');
    expect(() => readSettings({ ...environment, WRITE_PATH: 'direct', ENVIRONMENT: 'prod' })).toThrow(/WRITE_PATH/);
    expect(() => readSettings({ ...environment, WRITE_PATH: 'fast' })).toThrow(/WRITE_PATH/);
  });
});
