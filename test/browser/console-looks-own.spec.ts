import { describeLooks } from '../support/console-looks-tests.js';
import { VIEWS } from '../support/console-views.js';

describeLooks('everybody', VIEWS.own);
