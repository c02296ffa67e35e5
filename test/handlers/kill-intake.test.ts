/** What administrators press, what people judge and what the app does by itself, while its process dies after each of their calls. */
import { playKillScenes } from './kill-scene';
import { intakeScenes } from './scenes/intake';

playKillScenes(intakeScenes);
