// `Menu` and `MenuItem` as data that a test reads and clicks. Must not know where a menu hangs.

import { EventEmitter } from 'node:events';

type HandledItem = 'id' | 'label' | 'type' | 'enabled' | 'visible' | 'checked' | 'accelerator' | 'click' | 'submenu';
type Handled = 'items' | 'append' | 'insert' | 'getMenuItemById' | 'popup' | 'closePopup';

export class StandInMenuItem implements Partial<Pick<Electron.MenuItem, HandledItem>> {
  readonly id: string;
  readonly label: string;
  readonly type: Electron.MenuItem['type'];
  readonly role?: NonNullable<Electron.MenuItemConstructorOptions['role']>;
  readonly submenu?: Electron.Menu;
  accelerator: Electron.MenuItem['accelerator'];
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly click: () => void;

  constructor(options: Electron.MenuItemConstructorOptions) {
    const { submenu, role, click, type } = options;
    if (type === 'submenu' && !submenu) throw new TypeError('Invalid submenu');
    this.id = options.id ?? '';
    this.label = options.label ?? role ?? '';
    this.type = type ?? (submenu ? 'submenu' : 'normal');
    if (role) this.role = role;
    if (submenu) this.submenu = Array.isArray(submenu) ? StandInMenu.buildFromTemplate(submenu) : submenu;
    this.accelerator = options.accelerator ?? null;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.click = () => {
      if (!this.enabled) throw new Error(`'${this.label}' is disabled`);
      // As Electron: the mark changes first, whatever the product makes of it.
      if (this.type === 'checkbox') this.checked = !this.checked;
      click?.(this as unknown as Electron.MenuItem, undefined, {});
    };
  }
}

export class StandInMenu extends EventEmitter implements Pick<Electron.Menu, Handled> {
  readonly items: Electron.MenuItem[] = [];
  static #applicationMenu: Electron.Menu | null = null;

  static buildFromTemplate(template: (Electron.MenuItemConstructorOptions | Electron.MenuItem)[]): Electron.Menu {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
    const menu = new StandInMenu();
    for (const one of template) {
      const isItem = (one as unknown) instanceof StandInMenuItem;
      const item = isItem ? one : new StandInMenuItem(one as Electron.MenuItemConstructorOptions);
      menu.append(item as Electron.MenuItem);
    }
    return menu;
  }
  static setApplicationMenu(menu: Electron.Menu | null): void {
    StandInMenu.#applicationMenu = menu;
  }
  static getApplicationMenu(): Electron.Menu | null {
    return StandInMenu.#applicationMenu;
  }

  append(item: Electron.MenuItem): void {
    this.items.push(item);
  }
  insert(position: number, item: Electron.MenuItem): void {
    this.items.splice(position, 0, item);
  }
  getMenuItemById(id: string): Electron.MenuItem | null {
    return this.items.find((item) => item.id === id) ?? null;
  }
  popup(): void {
    this.emit('menu-will-show', {});
  }
  closePopup(): void {
    this.emit('menu-will-close', {});
  }
}
