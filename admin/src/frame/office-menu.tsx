import { Menu, useResourceDefinitions } from 'react-admin';
import { OpenLetters } from '#dead-letters/open-letters.tsx';

/** The pages of the back office by their names; beside the dead letters stands how many wait for somebody. */
export const OfficeMenu = () => (
  <Menu>
    {Object.keys(useResourceDefinitions()).map((name) =>
      name === 'dead-letters' ? (
        <Menu.ResourceItem key={name} name={name} primaryText={<OpenLetters />} />
      ) : (
        <Menu.ResourceItem key={name} name={name} />
      ),
    )}
  </Menu>
);
