/** Erasing one incident while the functions' process dies after each of their calls. */
import { playKillScenes } from './kill-scene';
import { erasingScenes } from './scenes/erasing';

playKillScenes(erasingScenes);
