/** The least a macro can do: ask where it is and one verb, and say something. */
import { invoke, view } from '@forge/bridge';

async function show(): Promise<void> {
  await view.getContext();
  await invoke('home.load', {});
  const place = document.getElementById('content');
  if (place !== null) place.textContent = 'There';
}
void show();
