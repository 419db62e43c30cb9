// Suggestions below a search box, as the combobox with a listbox of the ARIA Authoring Practices; without this file the box is a plain form.
const WAIT = 150;
const SHORTEST = 2;

class Suggestions {
  constructor(form, number) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.list = Object.assign(document.createElement("div"), { id: `suggestions-${number}`, className: "suggestions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.dataset.suggestionsLabel);
    this.status = Object.assign(document.createElement("span"), { className: "visually-hidden" });
    this.status.setAttribute("role", "status");
    // a search field may not be a combobox; the keyboard of a phone stays that of one
    Object.assign(this.input, { type: "text", inputMode: "search", enterKeyHint: "search", autocomplete: "off" });
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    form.append(this.list, this.status);
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // the field keeps the focus while a link is pressed, else the list would be gone before the click
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get chosen() {
    return this.list.querySelector("[aria-selected=true]");
  }

  wait() {
    clearTimeout(this.timer);
    this.asked?.abort();
    const text = this.input.value.trim();
    if (text.length < SHORTEST) return this.close();
    this.timer = setTimeout(() => this.ask(text), WAIT);
  }

  async ask(text) {
    this.asked = new AbortController();
    const url = `${this.form.dataset.suggestions}?${new URLSearchParams({ q: text })}`;
    try {
      const answer = await fetch(url, { signal: this.asked.signal, credentials: "omit" });
      if (answer.ok) this.show(await answer.json());
      else this.close();
    } catch {
      this.close(); // typed on, or offline: the form works all the same
    }
  }

  show({ status, groups }) {
    this.close();
    this.list.replaceChildren(...groups.map((group, at) => this.group(group, at)));
    this.status.textContent = status;
    if (!groups.length || document.activeElement !== this.input) return;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  group({ label, options }, at) {
    const heading = Object.assign(document.createElement("span"), { id: `${this.list.id}-${at}`, className: "meta", textContent: label });
    heading.setAttribute("role", "presentation");
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", heading.id);
    group.append(heading, ...options.map((option, place) => this.option(option, `${heading.id}-${place}`)));
    return group;
  }

  option({ text, url, lang }, id) {
    const option = Object.assign(document.createElement("a"), { id, href: url, textContent: text, tabIndex: -1 });
    if (lang) option.lang = lang;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    return option;
  }

  key(event) {
    if (event.isComposing) return;
    const isOpen = !this.list.hidden;
    if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && isOpen && this.chosen) {
      event.preventDefault();
      this.chosen.click();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.wait();
    }
  }

  // Between the last option and the first one stands the field itself, with nothing chosen.
  move(step) {
    const options = this.options;
    const places = options.length + 1;
    this.choose(options[(options.indexOf(this.chosen) + 1 + step + places) % places - 1]);
  }

  choose(option) {
    this.chosen?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.choose();
    this.list.hidden = true;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
  }
}

document.querySelectorAll("form[data-suggestions]").forEach((form, number) => new Suggestions(form, number));
