import { Menu, UnstyledButton } from '@mantine/core';
import { LogOutIcon, CircleUserIcon } from 'lucide-react';
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
    // The bar is always in view: a change of its words must not hide what hangs below it.
    <Menu position="bottom-end" width={230} withinPortal hideDetached={false}>
      <Menu.Target>
        <UnstyledButton
          className={styles.user}
          aria-label={t('frame.userMenu', { username: user.username, role })}
          data-testid="user-menu"
        >
          <CircleUserIcon size={20} strokeWidth={1.6} aria-hidden />
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
          leftSection={<LogOutIcon size={16} strokeWidth={1.6} aria-hidden />}
          onClick={() => void logOut()}
          data-testid="log-out"
        >
          {t('frame.logOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
