/** Freezing, while the functions' process dies after each of its calls. */
import { playKillScenes } from './kill-scene';
import { evidenceScenes } from './scenes/evidence';

playKillScenes(evidenceScenes);
