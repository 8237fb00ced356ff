package org.cartulary.inference.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.cartulary.inference.template.TemplateRefused.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates come in files from anywhere: whatever they do, checking one ends, with a sentence. */
final class HostileTemplatesTest {
    private static final String HONEST = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}bot: ";
    private static final int SMALL_STACK = 512 * 1024;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
                "{% for a in range(99999) %}{{ a }}{{ 'x' * 9999 }}{% endfor %}",
                "{% set ns = namespace(s='xy') %}{% for a in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set ns = namespace(s='xy') %}{% for a in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
                "{% set ns = namespace(s=[1]) %}{% for a in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% set ns = namespace(s=[1]) %}{% for a in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}",
                "{% set ns = namespace(s=[1]) %}{% for a in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s | tojson }}",
                "{% set n = namespace(s=[1], t=[1]) %}{% for a in range(90) %}{% set n.s = [n.s, n.s] %}{% set n.t = [n.t, n.t] %}{% endfor %}{{ n.s == n.t }}",
                "{% set ns = namespace(s=[1]) %}{% for a in range(9999) %}{% set ns.s = [ns.s] %}{% endfor %}{{ ns.s }}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
                "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(40) }}",
                "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
                "{% for x in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
                "{{ 'x' * 999999999999 }}",
                "{{ range(999999999) | list }}",
                "{{ ('a' * 999999).replace('a', 'b' * 9999) }}",
                "{{ (('a' * 999999) ~ 'b') in (('a' * 4000000) ~ 'c') }}",
                "{{ ('a' * 4000000).split(('a' * 999999) ~ 'b') }}",
                "{{ 'a' | indent(99999999) }}",
                "{{ ('a\n' * 99999) | indent(9999) }}",
                "{{ ([1] * 99999) | unique | list }}{% for a in range(99999) %}{{ range(99999) | unique | list }}{% endfor %}",
                "{{ [1] | tojson(indent=99999999) }}{{ 'x' * 9999999999 }}",
                "{{ 9 ** 999999999 }}",
                "{{ ('a' * 99999).split('a') | join('b' * 9999) }}",
                "{{ '{}'.format('x' * 9999999) }}",
            })
    void endsWhatTakesTooMuch(String hostile) {
        assertThatThrownBy(() -> ChatTemplates.check(hostile + HONEST))
                .isInstanceOfSatisfying(
                        TemplateRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.LIMIT))
                .hasMessageContaining("The chat template cannot be used: it ")
                .hasMessageContaining("manifest");
    }

    /** A long text {@code t} and a large dict {@code d}, read so often that only what reading costs can end it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "t | length",
                "t[5]",
                "t[-1]",
                "t[1:3]",
                "t is lower",
                "t is upper",
                "t is sameas t",
                "'x'.strip(t)",
                "'x' | trim(t)",
                "d[t]",
                "t in d",
                "d.get(t)",
                "{t: 1}",
                "[1] | map(attribute=t) | list",
                "dict(d)",
                "namespace(d)",
                "d.keys()",
                "d.values()",
                "d == d"
            })
    void endsWhatReadsTooMuch(String reading) {
        StringBuilder dict = new StringBuilder();
        for (int i = 0; i < 15_000; i++) {
            dict.append("'k").append(i).append("':1,");
        }
        String setUp = "{% set t = '\u0100' * 2000000 %}{% set d = {" + dict + "} %}";
        assertIsTooMuch(setUp + "{% for i in range(99) %}{% set n = " + reading + " %}{% endfor %}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in range(999) %}{{ strftime_now('%d%m%Y%H%M%S%d%m%Y%H%M%S%d%m%Y%H%M%S%d%m%Y%H%M%S%d%m%Y%H%M%S"
                        + "%d%m%Y%H%M%S%d%m%Y%H%M%S%d%m%Y%H%M%S%d%m%Y%H%M%S%d%m%Y%H%M%S') }}{% endfor %}",
                "{{ ('\n' * 2000000).splitlines() | length }}",
                "{{ range(20) | list | tojson(separators=('a' * 2000000, ':')) | length }}",
                "{% for i in range(9999) %}{% set n = ('1' * 400) | float %}{% endfor %}"
            })
    void endsWhatWorksTooMuch(String hostile) {
        assertIsTooMuch(hostile);
    }

    @Test
    void endsCallsOfAMacroWithCountlessNames() {
        StringBuilder names = new StringBuilder("a");
        for (int i = 0; i < 20_000; i++) {
            names.append(",a").append(i);
        }
        assertIsTooMuch("{% macro f(" + names + ") %}{% endmacro %}{% for i in range(199) %}{{ f() }}{% endfor %}");
    }

    @Test
    void endsABlockWithCountlessFilters() {
        assertIsTooMuch("{% filter " + "upper|".repeat(5_000) + "lower %}x{% endfilter %}");
    }

    private static void assertIsTooMuch(String hostile) {
        assertThatThrownBy(() -> JinjaTemplate.parse(hostile).render(java.util.Map.of(), java.time.Clock.systemUTC()))
                .isInstanceOfSatisfying(
                        TemplateRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.LIMIT));
    }

    /** What names a list or dict where a text is expected would be written out whole, as often as it holds itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'x'.strip(n.s)",
                "[1] | tojson(separators=(n.s, n.s))",
                "[1] | map(attribute=n.s) | list",
            })
    void takesNoListForAText(String use) {
        String nested = "{% set n = namespace(s=[1]) %}{% for a in range(60) %}{% set n.s = [n.s, n.s] %}{% endfor %}";
        assertThatThrownBy(() -> ChatTemplates.check(nested + "{{ " + use + " }}" + HONEST))
                .isInstanceOfSatisfying(
                        TemplateRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.FAULT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for m in messages %}",
                "{% endfor %}",
                "{{ m",
                "{{ 'open }}",
                "{# open",
                "{% if %}x{% endif %}",
                "{% for in x %}{% endfor %}",
                "{{ a b }}",
                "{{ ) }}",
                "{{ [1, }}",
                "{% raw %}",
                "{% include 'x' %}",
                "{% import 'os' as os %}",
                "{% extends 'x' %}",
                "{% block x %}{% endblock %}",
                "{% set 5 = 1 %}",
                "{% macro %}{% endmacro %}",
                "{{ 99999999999999999999 }}",
                "{{ '\\ud8' }}",
                "{% call 5 %}{% endcall %}",
                "{{ @ }}"
            })
    void refusesWhatIsNoJinja(String broken) {
        assertThatThrownBy(() -> ChatTemplates.check(HONEST + broken))
                .isInstanceOfSatisfying(
                        TemplateRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.SYNTAX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ ''.getClass().forName('java.lang.Runtime') }}",
                "{{ messages.getClass() }}",
                "{{ messages[0].content.class.protectionDomain.x }}",
                "{{ ''.__class__.__mro__ }}",
                "{{ messages.__init__.__globals__ }}",
                "{{ strftime_now.getClass().x }}",
                "{{ loop.elements.x }}",
                "{{ namespace().values.x }}",
                "{{ messages | attr('x') }}",
                "{{ raise_exception.__globals__.x }}",
                "{{ ____int3rpr3t3r____.context }}"
            })
    void reachesNothingButItsOwnValues(String curious) {
        assertThatThrownBy(() -> ChatTemplates.check(HONEST + curious))
                .isInstanceOfSatisfying(
                        TemplateRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.FAULT));
    }

    @Test
    void refusesATemplateThatIsTooLong() {
        assertThatThrownBy(() -> ChatTemplates.check(HONEST.repeat(1 + ChatTemplates.MAX_LENGTH / HONEST.length())))
                .isInstanceOf(TemplateRefused.class)
                .hasMessageContaining("at most 262144");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{'a': ", "not ", "-", "x[", "f(", "1 if ", "'a' ~ (", "x is in ["})
    void refusesDeepNestingOnASmallStack(String opening) throws Exception {
        assertRefusedOnASmallStack("{{ " + opening.repeat(20_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{% if 1 %}", "{% for a in [1] %}", "{% macro f() %}", "{% with %}", "{% set a %}"})
    void refusesDeepTagsOnASmallStack(String opening) throws Exception {
        assertRefusedOnASmallStack(opening.repeat(10_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " + 1",
                " * 1",
                " or 0",
                " and 1",
                " ~ 'a'",
                " == 1",
                ".a",
                "[0]",
                " | string",
                " is defined",
                " if 1 else 2"
            })
    void bearsLongChainsOnASmallStack(String link) throws Exception {
        String chain = "{% set x = {} %}{{ x" + link.repeat(20_000) + " }}";
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            try {
                JinjaTemplate.parse(chain).render(java.util.Map.of(), java.time.Clock.systemUTC());
            } catch (TemplateRefused refused) {
                return true;
            }
            return true;
        });
        assertThat(onASmallStack(task)).isTrue();
    }

    @Test
    void saysWhatTheTemplateItselfSays() {
        assertThatThrownBy(() -> ChatTemplates.check("{{ raise_exception('Only cats may ask') }}"))
                .isInstanceOfSatisfying(
                        TemplateRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.RAISED))
                .hasMessageContaining("Only cats may ask");
    }

    @Test
    void refusesATemplateThatIgnoresTheQuestion() {
        assertThatThrownBy(() -> ChatTemplates.check("hello"))
                .isInstanceOf(TemplateRefused.class)
                .hasMessageContaining("does not write the user's message");
    }

    /** Damaged templates, by a fixed seed: each is taken or refused, nothing else happens. */
    @Test
    void survivesDamagedTemplates() {
        Random random = new Random(20261122);
        String marks = "{}%#-+'\"()[]|.,:~=<> \\\nabc0_";
        String source = "{%- set ns = namespace(a=[]) %}{% macro m(x, y=2) %}{{ x[1:]|upper }}{% endmacro %}"
                + "{% for m in messages if m.role is not none %}{{ '<' ~ m['role'] + '>' }}{{ m.content.split('a')[-1] | trim }}"
                + "{% set ns.a = ns.a + [loop.index0 // 2] %}{{ m(m.content, y=[1, {'k': none}]) if loop.last else '' }}{% endfor %}";
        int taken = 0;
        for (int i = 0; i < 4_000; i++) {
            StringBuilder damaged = new StringBuilder(source);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.deleteCharAt(at);
                    case 1 -> damaged.insert(at, marks.charAt(random.nextInt(marks.length())));
                    default -> damaged.setCharAt(at, marks.charAt(random.nextInt(marks.length())));
                }
            }
            taken += isTaken(damaged.toString()) ? 1 : 0;
        }
        assertThat(taken).isBetween(1, 3_999);
    }

    private static boolean isTaken(String template) {
        try {
            ChatTemplates.check(template);
            return true;
        } catch (TemplateRefused refused) {
            return false;
        }
    }

    private static void assertRefusedOnASmallStack(String template) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> isTaken(template));
        assertThat(onASmallStack(task)).isFalse();
    }

    private static boolean onASmallStack(FutureTask<Boolean> task) throws InterruptedException, ExecutionException {
        Thread thread = new Thread(null, task, "small", SMALL_STACK);
        thread.start();
        return task.get();
    }
}
