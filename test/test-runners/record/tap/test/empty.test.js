import 'tap';
