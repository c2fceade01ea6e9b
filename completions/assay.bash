# Completion of assay for bash.
_assay() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local limits='--limit-total-bytes --limit-member-bytes --limit-members --limit-depth --limit-ratio
    --limit-record --limit-time --limit-memory-archive --limit-hits'
  local command=${COMP_WORDS[1]} options=''
  COMPREPLY=()

  case $previous in
    --format)
      local forms='table jsonl csv'
      [[ ${COMP_WORDS[2]} == show ]] && forms='yaml json'
      COMPREPLY=($(compgen -W "$forms" -- "$current"))
      return
      ;;
    --color) COMPREPLY=($(compgen -W 'auto always never' -- "$current")); return ;;
    --language) COMPREPLY=($(compgen -W 'en ja it' -- "$current")); return ;;
    --threads | --limit-*) return ;;
    --export) compopt -o filenames; COMPREPLY=($(compgen -d -- "$current")); return ;;
    --text | --json | --signatures | -s) compopt -o filenames; COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac

  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W 'analyze explain transactions handshakes certificates decode signatures fields version -h --help --version' -- "$current"))
    return
  fi
  case $command in
    analyze) options="--signatures -s --text --json --all -a --language --color --transactions --handshakes --certificates --threads $limits" ;;
    explain) options="--signatures -s --format --threads $limits" ;;
    transactions | handshakes) options="--format --threads $limits" ;;
    certificates) options="--format --missing --export --force --threads $limits" ;;
    decode | fields) options='--format' ;;
    signatures)
      if ((COMP_CWORD == 2)); then
        COMPREPLY=($(compgen -W 'list show lint test -h --help' -- "$current"))
        return
      fi
      case ${COMP_WORDS[2]} in
        list) options='--signatures -s --format' ;;
        show)
          options='--signatures -s --format'
          [[ $current == -* ]] || COMPREPLY=($(compgen -W \
            "$(assay signatures list --format csv 2>/dev/null | sed '1d; s/,.*//')" -- "$current"))
          ;;
      esac
      ;;
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options -h --help" -- "$current"))
  elif [[ $command == analyze || $command == explain || $command == transactions || $command == handshakes || $command == certificates || ${COMP_WORDS[2]} == lint || ${COMP_WORDS[2]} == test ]]; then
    compopt -o filenames
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -F _assay assay
