package dev.bandmaster.engine.intake;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.Dialogs;
import dev.bandmaster.core.chat.Dialogs.NotOpened;
import dev.bandmaster.core.chat.Dialogs.OnScreen;
import dev.bandmaster.core.chat.Dialogs.Opening;
import dev.bandmaster.core.chat.Dialogs.Screen;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.pipeline.AccessRules;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandForm;
import dev.bandmaster.engine.pipeline.PermissionCheck;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Parameter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts into an open form what the person may choose from. Nothing is allowed by it: what is sent is
 * judged like any command.
 */
public final class DialogController {

  private final DialogCatalogue forms;
  private final PermissionCheck rights;
  private final AccessRules rules;
  private final Catalogue catalogue;
  private final Directory people;
  private final Dialogs dialogs;
  private final Supplier<List<Node>> nodes;
  private final InstantSource clock;

  public DialogController(
      DialogCatalogue forms,
      PermissionCheck rights,
      AccessRules rules,
      Catalogue catalogue,
      Directory people,
      Dialogs dialogs,
      Supplier<List<Node>> nodes,
      InstantSource clock) {
    this.forms = forms;
    this.rights = rights;
    this.rules = rules;
    this.catalogue = catalogue;
    this.people = people;
    this.dialogs = dialogs;
    this.nodes = nodes;
    this.clock = clock;
  }

  /**
   * Goes on with a dialog that a click asked for.
   *
   * @return what the person has to be told, a sentence, if the dialog is not to be had
   */
  Optional<String> goOn(Inbound.ButtonClick clicked, Opening opening) {
    Optional<String> failure =
        switch (opening) {
          case NotOpened(String reason) -> Optional.of(reason);
          case OnScreen(Screen screen) when clicked.action().equals(CommandForm.OPEN) ->
              fill(clicked.sender(), clicked.place(), screen, clicked.value(), false);
          case OnScreen(Screen screen) when clicked.action().equals(CommandForm.MORE) ->
              fill(clicked.sender(), clicked.place(), screen, clicked.value(), true);
          case OnScreen _ -> Optional.empty();
        };
    return failure.map(reason ->
        "The form cannot be shown. %s Type the command instead: `%s`"
            .formatted(reason, forms.instead(clicked.action(), clicked.value())));
  }

  /**
   * Goes on with a form that a slash command asked for.
   *
   * @return whether the person has it; otherwise the command is to be answered in words
   */
  boolean goOn(Inbound.SlashCommand slashed, Opening opening) {
    return opening instanceof OnScreen(Screen screen)
        && fill(slashed.sender(), slashed.place(), screen, slashed.text(), false).isEmpty();
  }

  /** What somebody would type who sends this; empty if it stands for nothing any more. */
  Optional<String> typed(Inbound.DialogSubmitted sent) {
    return forms.typed(sent);
  }

  private Optional<String> fill(
      UserRef sender, ConversationRef place, Screen screen, String word, boolean isWhole) {
    return forms
        .command(word)
        .flatMap(command ->
            dialogs.replace(screen, form(sender, place, command, isWhole))
                    instanceof NotOpened(var reason)
                ? Optional.of(reason)
                : Optional.empty());
  }

  private Dialog form(UserRef sender, ConversationRef place, Command command, boolean isWhole) {
    return switch (people.find(sender)) {
      case Directory.Unknown(String reason) ->
          CommandForm.refusal(
              command.declaration(), "No form: I cannot look up who you are. " + reason);
      case Directory.Known(Person person) -> form(new Asker(person, place), command, isWhole);
    };
  }

  private Dialog form(Asker asker, Command command, boolean isWhole) {
    String name = command.declaration().name();
    if (!rights.mayEver(asker, command)) {
      return CommandForm.refusal(
          command.declaration(),
          "You may not use '%s' here. To list what you can use: `help`.".formatted(name));
    }
    FormChoices choices = FormChoices.of(asker, command, catalogue, rules, clock.instant());
    return choices.isHopeless()
        ? CommandForm.refusal(
            command.declaration(),
            "There is nothing here you may use '%s' on. To see the rules: `why %s`."
                .formatted(name, command.declaration().usage()))
        : CommandForm.of(
            command.declaration(), parameter -> options(command, choices, parameter), isWhole);
  }

  private List<Dialog.Option> options(Command command, FormChoices choices, Parameter parameter) {
    return parameter.type() instanceof Parameter.Type.Version
        ? new ReleaseChoices(catalogue, nodes.get())
            .of(
                words(command, choices, Parameter.Type.Environment.class),
                words(command, choices, Parameter.Type.Application.class))
        : choices.of(parameter).stream().map(Dialog.Option::of).toList();
  }

  /** What may be chosen for the parameters of a type. */
  private static List<String> words(
      Command command, FormChoices choices, Class<? extends Parameter.Type> type) {
    return command.declaration().parameters().stream()
        .filter(parameter -> type.isInstance(parameter.type()))
        .flatMap(parameter -> choices.of(parameter).stream())
        .distinct()
        .toList();
  }
}
