import { shared as messages } from "../../languages/en.json";
import { speak } from "../shared/language";

speak({ language: "en", direction: "ltr", messages }, navigator.language);
