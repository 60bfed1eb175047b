import 'tape';
