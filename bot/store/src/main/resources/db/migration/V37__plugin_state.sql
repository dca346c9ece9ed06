-- Small values that plugins keep, each its own. They go when somebody removes a plugin with its state.
CREATE TABLE plugin_state (
  plugin TEXT NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (plugin, name)
)${strict};
