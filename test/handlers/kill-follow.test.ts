/** Tickets, visibility and declarations while the functions' process dies after each of their calls. */
import { playKillScenes } from './kill-scene';
import { followingScenes } from './scenes/following';

playKillScenes(followingScenes);
