import 'uplot/dist/uPlot.min.css';
import './styles/base.css';
import './styles/board.css';
import { Board, StillCard } from './board/Board';
import { start } from './start';

void start((context) => <main>{context.isEditing ? <StillCard /> : <Board target={context} place="page" />}</main>);
