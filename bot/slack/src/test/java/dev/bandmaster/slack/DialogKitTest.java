package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.Dialogs.Screen;
import dev.bandmaster.plugin.Text;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DialogKitTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Screen SCREEN = new Screen("by:1.2.3", "C1", Optional.of("7.1"));

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of("dialog-saying", Dialog.saying("form", "codeupdate", "One moment…")),
        Arguments.of(
            "dialog-of-all-fields",
            new Dialog(
                "form",
                "codeupdate",
                "Run",
                List.of(
                    new Dialog.Note(Text.plain("deploys a *version* of <an> application")),
                    Dialog.Pick.of("env", "env", "where", true, List.of("prod", "staging")),
                    new Dialog.Line("version", "version", "", false, false, 1_000),
                    new Dialog.Line("reason", "Why not?", "Others read it.", true, true, 500),
                    new Dialog.Tick("dry-run", "dry-run", "shows the plan and stops there")),
                "codeupdate")));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachKindOfDialogIsShownAsReviewed(String name, Dialog dialog) throws IOException {
    Golden.check(name, JSON.readTree(DialogKit.render(SCREEN, dialog)));
  }

  @Test
  void whatADialogRemembersComesBackWhateverIsInIt() throws IOException {
    String memory = "\"}<&>\n".repeat(333);
    Dialog dialog =
        new Dialog("d", "Reject", "Reject", List.of(new Dialog.Tick("t", "t", "")), memory);
    JsonNode view = JSON.readTree(DialogKit.render(SCREEN, dialog));
    String metadata = view.path("private_metadata").asText();
    assertThat(metadata.length()).isLessThanOrEqualTo(3_000);
    assertThat(DialogOrigin.read(metadata))
        .contains(new DialogOrigin("C1", Optional.of("7.1"), memory));
  }

  @Test
  void aDialogThatSlackWouldNotTakeIsNotMade() {
    assertThatThrownBy(() -> Dialog.saying("d", "a title that is far too long", "no"))
        .hasMessage("a title has 1 to 24 characters");
    assertThatThrownBy(() -> Dialog.Pick.of("env", "env", "", true, List.of()))
        .hasMessage("a menu has 1 to 100 options");
    Dialog.Tick twice = new Dialog.Tick("t", "t", "");
    assertThatThrownBy(() -> new Dialog("d", "t", "Run", List.of(twice, twice), ""))
        .hasMessage("two fields have the name t");
    assertThatThrownBy(() -> new Dialog("d", "t", "", List.of(twice), ""))
        .hasMessage("what is filled in has a button that sends it");
  }
}
