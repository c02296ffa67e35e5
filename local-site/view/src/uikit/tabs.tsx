/** Tabs. Atlaskit pairs tabs and panels by their place among the children, so each is given as it is. */
import AtlaskitTabs, { Tab as AtlaskitTab, TabList as AtlaskitTabList, TabPanel as AtlaskitTabPanel } from '@atlaskit/tabs';
import { Nodes, propsOf, type Drawing } from './draw';
import type { ForgeDoc } from './doc';
import { useShown } from './values';

interface TabsProps {
  readonly id?: string;
  readonly defaultSelected?: number;
  readonly selected?: number;
  readonly shouldUnmountTabPanelOnChange?: boolean;
  readonly testId?: string;
  readonly onChange?: (index: number) => void;
}
const testId = ({ props }: ForgeDoc): { testId?: string } => (typeof props['testId'] === 'string' ? { testId: props['testId'] } : {});
const of = (node: ForgeDoc, type: string): readonly ForgeDoc[] => node.children.filter((child) => child.type === type);

const Tabs: Drawing = ({ node }) => {
  const { id = `tabs-${node.key}`, defaultSelected = 0, selected, onChange, ...props } = propsOf<TabsProps>(node);
  const [shown, choose] = useShown<number>(selected, defaultSelected);
  const tabs = of(node, 'TabList').flatMap((list) => of(list, 'Tab'));
  return (
    <AtlaskitTabs {...props} id={id} selected={shown} onChange={(index) => choose(index, () => onChange?.(index))}>
      <AtlaskitTabList>
        {tabs.map((tab) => (
          <AtlaskitTab key={tab.key} {...testId(tab)}>
            <Nodes of={tab.children} />
          </AtlaskitTab>
        ))}
      </AtlaskitTabList>
      {of(node, 'TabPanel').map((panel) => (
        <AtlaskitTabPanel key={panel.key} {...testId(panel)}>
          <div className="uikit-tab-panel">
            <Nodes of={panel.children} />
          </div>
        </AtlaskitTabPanel>
      ))}
    </AtlaskitTabs>
  );
};

/** Outside of Tabs these are only their content. */
const Content: Drawing = ({ node }) => <Nodes of={node.children} />;

export const tabs = { Tabs, TabList: Content, Tab: Content, TabPanel: Content };
