import { Menu, UnstyledButton } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { logOut } from '../session/session.js';
import { useUser } from '../session/use-user.js';
import { AppearanceSwitch } from './AppearanceSwitch.js';
import styles from './frame.module.css';

export function UserMenu() {
  const { t } = useTranslation();
  const user = useUser();
  const role = t(`role.${user.role}`);
  return (
    <Menu position="bottom-end" width={230} withinPortal>
      <Menu.Target>
        <UnstyledButton
          className={styles.user}
          aria-label={t('frame.userMenu', { username: user.username, role })}
          data-testid="user-menu"
        >
          <IconUserCircle size={20} stroke={1.6} aria-hidden />
          <span className={styles.userName}>{user.username}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{role}</Menu.Label>
        <div className={styles.menuPart}>
          <AppearanceSwitch />
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.6} aria-hidden />}
          onClick={() => void logOut()}
          data-testid="log-out"
        >
          {t('frame.logOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
