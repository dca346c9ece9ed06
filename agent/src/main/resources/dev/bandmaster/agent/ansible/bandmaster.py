# Prints what Ansible does as lines of JSON for Bandmaster's agent, which starts Ansible with this plugin.
#
# Each line is an object with the key "bandmaster", whose value is a word that the agent has chosen for
# this run: nothing else that is printed can be taken for such a line. "event" says what happened:
#
#   task    name                          a task begins
#   result  host, task, status, text      a host has done it; status is ok, changed, failed, ignored,
#                                         skipped or unreachable
#   text    host, text                    something to read: the differences of check mode
#   stats   hosts                         the end: for each host ok, changed, failures, unreachable, skipped

from __future__ import annotations

import json
import os
import sys

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = '''
    name: bandmaster
    type: stdout
    short_description: lines of JSON for Bandmaster's agent
    description:
      - Prints one line of JSON for each task, each result of a host, and the counts at the end.
'''

# Characters of one text: a line stays well below what the agent reads.
LONGEST_TEXT = 16_000

# Characters of a name.
LONGEST_NAME = 300

# Results with more than this in them are shown in part.
MOST_ITEMS = 200

# Values of results that say nothing to people, and what Ansible adds when it looks for Python.
UNSHOWN = ('invocation', 'changed', 'diff', 'deprecations', 'warnings')
FOUND_PYTHON = {'discovered_interpreter_python'}

# Modules whose results are shown although they went well.
TALKATIVE = ('debug', 'ansible.builtin.debug', 'ansible.legacy.debug')


def shortened(text, longest):
    return text if len(text) <= longest else text[:longest] + '…'


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'stdout'
    CALLBACK_NAME = 'bandmaster'

    def __init__(self):
        super().__init__()
        self._word = os.environ.get('BANDMASTER_ANSIBLE_WORD', '')
        self._shows_all = os.environ.get('BANDMASTER_ANSIBLE_SHOWS', '') == 'all'

    # --- What is printed ---

    def _line(self, event, **values):
        values['bandmaster'] = self._word
        values['event'] = event
        sys.stdout.write(json.dumps(values, default=str) + '\n')
        sys.stdout.flush()

    @staticmethod
    def _parts(result):
        """Host, task and values of a result; Ansible 2.19 has other names for them."""
        host = getattr(result, 'host', None) or result._host
        task = getattr(result, 'task', None) or result._task
        values = getattr(result, 'result', None)
        if not isinstance(values, dict):
            values = result._result
        return host.get_name(), task, values

    def _result(self, result, status):
        host, task, values = self._parts(result)
        name = shortened(task.get_name().strip(), LONGEST_NAME)
        is_shown = self._shows_all or status in ('failed', 'unreachable') or task.action in TALKATIVE
        self._line(
            'result',
            host=host,
            task=name,
            status=status,
            text=shortened(self._readable(values), LONGEST_TEXT) if is_shown else '',
        )

    def _readable(self, values):
        """What a person reads of a result: what was printed, or else the values as JSON."""
        if 'censored' in values:
            return str(values['censored'])
        texts = []
        for item in values.get('results') or []:
            if isinstance(item, dict) and (item.get('failed') or self._shows_all):
                texts.append(self._readable(item))
        for key in ('msg', 'stdout', 'stderr', 'module_stdout', 'module_stderr'):
            value = values.get(key)
            if value:
                texts.append(value if isinstance(value, str) else json.dumps(value, default=str))
        if not texts:
            shown = {
                key: value
                for key, value in list(values.items())[:MOST_ITEMS]
                if not key.startswith('_')
                and key not in UNSHOWN
                and not (key == 'ansible_facts' and set(value) <= FOUND_PYTHON)
            }
            texts.append(json.dumps(shown, default=str, sort_keys=True) if shown else '')
        return '\n'.join(text.rstrip('\n') for text in texts if text)

    # --- What Ansible calls ---

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._line('task', name=shortened(task.get_name().strip(), LONGEST_NAME))

    def v2_playbook_on_handler_task_start(self, task):
        self.v2_playbook_on_task_start(task, False)

    def v2_playbook_on_cleanup_task_start(self, task):
        self.v2_playbook_on_task_start(task, False)

    def v2_runner_on_ok(self, result):
        _, _, values = self._parts(result)
        self._result(result, 'changed' if values.get('changed') else 'ok')

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._result(result, 'ignored' if ignore_errors else 'failed')

    def v2_runner_on_unreachable(self, result):
        self._result(result, 'unreachable')

    def v2_runner_on_skipped(self, result):
        self._result(result, 'skipped')

    def v2_on_file_diff(self, result):
        host, _, values = self._parts(result)
        differences = values.get('diff')
        if differences:
            self._line('text', host=host, text=shortened(self._get_diff(differences), LONGEST_TEXT))

    def v2_playbook_on_stats(self, stats):
        hosts = {}
        for host in sorted(stats.processed):
            counted = stats.summarize(host)
            hosts[host] = {
                key: counted[key] for key in ('ok', 'changed', 'failures', 'unreachable', 'skipped')
            }
        # A line for each few hosts: it has a bound like every other.
        names = sorted(hosts)
        for first in range(0, max(len(names), 1), 100):
            self._line('stats', hosts={name: hosts[name] for name in names[first:first + 100]})
